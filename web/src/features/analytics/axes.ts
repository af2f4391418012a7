// The drawing that the charts of analytics share: hairline axes, and bars that lie.
import type { EChartsCoreOption } from 'echarts/core';
import type { ChartColors } from '../../ui/chart.tsx';
import { formatCount } from '../../ui/units.ts';

export function axes(colors: ChartColors) {
  return {
    value: {
      type: 'value' as const,
      splitLine: { lineStyle: { color: colors.hairline } },
      axisLabel: { color: colors.ink2, formatter: (value: number) => formatCount(value) },
      minInterval: 1,
    },
    category: {
      type: 'category' as const,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: colors.hairline } },
      axisLabel: { color: colors.ink2 },
    },
  };
}

export const legend = (colors: ChartColors) => ({
  top: 0,
  left: 0,
  icon: 'rect',
  itemWidth: 10,
  itemHeight: 10,
  textStyle: { color: colors.ink2 },
});

export interface LyingBars {
  labels: readonly string[];
  name: string;
  values: readonly (number | null)[];
  /** What stands at a bar's end. */
  text: (index: number) => string;
  /** Pixels kept for that text. */
  room?: number;
  /** Which of the palette's colours. */
  color?: number;
}

export function lyingBars(colors: ChartColors, bars: LyingBars): EChartsCoreOption {
  const { value, category } = axes(colors);
  const text = ({ dataIndex }: { dataIndex: number }) => bars.text(dataIndex);
  return {
    color: colors.series.slice(bars.color ?? 0),
    grid: { left: 4, right: bars.room ?? 48, top: 4, bottom: 4, containLabel: true },
    xAxis: { ...value, axisLabel: { show: false }, splitLine: { show: false } },
    yAxis: {
      ...category,
      inverse: true,
      data: bars.labels,
      axisLabel: { ...category.axisLabel, width: 150, overflow: 'truncate', lineHeight: 15 },
    },
    series: [
      {
        name: bars.name,
        type: 'bar',
        barWidth: 16,
        data: bars.values,
        label: { show: true, position: 'right', color: colors.ink, formatter: text },
      },
    ],
  };
}

export const heightOf = (rows: number) => Math.max(48, rows * 32 + 16);
