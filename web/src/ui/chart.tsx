// A chart is a sentence, a drawing and a table with CSV. The drawing library loads only when a chart is in sight.
import type { EChartsCoreOption } from 'echarts/core';
import { Download, Table2 } from 'lucide-react';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { IconButton } from './button.tsx';
import { download, toCsv } from './csv.ts';
import { type Column, Table } from './table.tsx';

export interface ChartColumn {
  key: string;
  label: string;
  align?: 'left' | 'right' | undefined;
  /** For people; CSV keeps the raw value. */
  format?: ((value: string | number | null) => string) | undefined;
}
export type ChartRow = Record<string, string | number | null>;

export interface ChartProps {
  title: string;
  /** What the chart says, in one sentence with its figures. */
  sentence: ReactNode;
  /** An ECharts option; colours are added from the tokens (`palette()` order) unless given. */
  option: (colors: ChartColors) => EChartsCoreOption;
  columns: readonly ChartColumn[];
  rows: readonly ChartRow[];
  /** File name of the CSV, without ending. */
  csvName: string;
  height?: number | undefined;
}

export interface ChartColors {
  series: string[];
  ink: string;
  ink2: string;
  hairline: string;
  ground: string;
}

/** The tokens as plain colours, for a canvas. */
function readColors(element: HTMLElement): ChartColors {
  const probe = document.createElement('span');
  // Where motion is reduced every element has a very short transition, in whose first moment the old colour is read.
  probe.style.setProperty('transition', 'none', 'important');
  element.append(probe);
  const read = (name: string) => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  const colors = {
    series: [1, 2, 3, 4, 5, 6, 7].map((index) => read(`--chart-${index}`)),
    ink: read('--ink'),
    ink2: read('--ink-2'),
    hairline: read('--hairline'),
    ground: read('--surface'),
  };
  probe.remove();
  return colors;
}

export function Chart({ title, sentence, option, columns, rows, csvName, height = 220 }: ChartProps) {
  const [asTable, setAsTable] = useState(false);
  const titleId = useId();
  const tableColumns: Column<ChartRow>[] = columns.map((column) => ({
    key: column.key,
    header: column.label,
    align: column.align,
    cell: (row) => {
      const value = row[column.key] ?? null;
      return column.format ? column.format(value) : (value ?? '–');
    },
  }));
  const saveCsv = () =>
    download(
      `${csvName}.csv`,
      toCsv(
        columns.map((column) => column.label),
        rows.map((row) => columns.map((column) => row[column.key] ?? null)),
      ),
    );
  return (
    <section aria-labelledby={titleId} className="flex flex-col gap-2 border-t border-line pt-3">
      <header className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <h2 id={titleId} className="text-sm text-ink-2">
            {title}
          </h2>
          <p className="text-lg font-medium">{sentence}</p>
        </div>
        <IconButton
          label={asTable ? 'Show as chart' : 'Show as table'}
          pressed={asTable}
          onClick={() => setAsTable(!asTable)}
        >
          <Table2 />
        </IconButton>
        <IconButton label="Download CSV" onClick={saveCsv}>
          <Download />
        </IconButton>
      </header>
      {asTable ? (
        <div className="max-h-96 overflow-y-auto">
          <Table
            label={title}
            columns={tableColumns}
            rows={rows}
            rowKey={(row) => columns.map((column) => row[column.key]).join('|')}
          />
        </div>
      ) : rows.length > 0 ? (
        <Canvas option={option} height={height} />
      ) : null}
    </section>
  );
}

function Canvas({ option, height }: { option: ChartProps['option']; height: number }) {
  const box = useRef<HTMLDivElement>(null);
  const latest = useRef(option);
  const redraw = useRef(() => {});
  useEffect(() => {
    latest.current = option;
    redraw.current();
  }, [option]);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    let dispose = () => {};
    let gone = false;
    void import('./echarts.ts').then(({ init }) => {
      if (gone) return;
      const chart = init(element);
      const draw = () => {
        const colors = readColors(element);
        chart.setOption(
          {
            animation: !matchMedia('(prefers-reduced-motion: reduce)').matches,
            animationDuration: 250,
            color: colors.series,
            textStyle: { fontFamily: 'Inter Variable, sans-serif', color: colors.ink2, fontSize: 12 },
            grid: { left: 4, right: 8, top: 12, bottom: 4, containLabel: true },
            // Drawn on the canvas: HTML tooltips carry style attributes, which the policy forbids.
            tooltip: {
              trigger: 'axis',
              renderMode: 'richText',
              backgroundColor: colors.ground,
              borderColor: colors.hairline,
              textStyle: { color: colors.ink, fontSize: 12 },
            },
            ...latest.current(colors),
          },
          true,
        );
      };
      draw();
      redraw.current = draw;
      const size = new ResizeObserver(() => chart.resize());
      size.observe(element);
      const theme = new MutationObserver(draw);
      theme.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
      const system = matchMedia('(prefers-color-scheme: dark)');
      system.addEventListener('change', draw);
      dispose = () => {
        size.disconnect();
        theme.disconnect();
        system.removeEventListener('change', draw);
        redraw.current = () => {};
        chart.dispose();
      };
    });
    return () => {
      gone = true;
      dispose();
    };
  }, []);
  return <div ref={box} style={{ height }} aria-hidden="true" />;
}
