// The charts of use and progress: each says in one sentence what it shows, then shows it.
import type { FunnelChart, TurnaroundChart, UsageChart } from '../../../../contract/analytics.ts';
import { Chart } from '../../ui/chart.tsx';
import { formatCount, formatDate, formatPercent } from '../../ui/units.ts';
import { axes, heightOf, legend, lyingBars } from './axes.ts';
import { formatHours, funnelSentence, turnaroundSentence, usageSentence } from './sentences.ts';

const count = (value: string | number | null) => formatCount(typeof value === 'number' ? value : null);
const hours = (value: string | number | null) => formatHours(typeof value === 'number' ? value : null);

/** Every day of the period: one without events is drawn as such, not left out. */
function everyDay({ from, to, rows }: UsageChart): UsageChart['rows'] {
  const known = new Map(rows.map((row) => [row.date, row]));
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000;
  return Array.from({ length: days + 1 }, (_, index) => {
    const date = new Date(Date.parse(from) + index * 86_400_000).toISOString().slice(0, 10);
    return known.get(date) ?? { date, page_views: 0, actions: 0, errors: 0, sessions: 0 };
  });
}

export function Usage({ chart }: { chart: UsageChart }) {
  const { rows } = chart;
  const days = everyDay(chart);
  return (
    <Chart
      title="Usage a day"
      sentence={usageSentence(chart)}
      csvName={`usage-${chart.from}-${chart.to}`}
      rows={rows}
      columns={[
        { key: 'date', label: 'Day', format: (value) => formatDate(String(value)) },
        { key: 'page_views', label: 'Page views', align: 'right', format: count },
        { key: 'actions', label: 'Actions', align: 'right', format: count },
        { key: 'errors', label: 'Errors', align: 'right', format: count },
        { key: 'sessions', label: 'Sessions', align: 'right', format: count },
      ]}
      option={(colors) => {
        const { value, category } = axes(colors);
        const [views = '', actions = '', , errors = ''] = colors.series;
        return {
          // Sessions are another measure than events: a line in ink over the bars.
          color: [views, actions, errors, colors.ink],
          legend: legend(colors),
          grid: { left: 4, right: 8, top: 34, bottom: 4, containLabel: true },
          xAxis: {
            ...category,
            data: days.map((row) => row.date),
            axisLabel: { ...category.axisLabel, formatter: shortDay, hideOverlap: true },
          },
          yAxis: value,
          series: [
            {
              name: 'Page views',
              type: 'bar',
              stack: 'all',
              data: days.map((row) => row.page_views),
              barMaxWidth: 22,
            },
            {
              name: 'Actions',
              type: 'bar',
              stack: 'all',
              data: days.map((row) => row.actions),
              barMaxWidth: 22,
            },
            {
              name: 'Errors',
              type: 'bar',
              stack: 'all',
              data: days.map((row) => row.errors),
              barMaxWidth: 22,
            },
            {
              name: 'Sessions',
              type: 'line',
              data: days.map((row) => row.sessions),
              symbolSize: days.length > 60 ? 0 : 5,
              lineStyle: { width: 1.5 },
            },
          ],
        };
      }}
    />
  );
}

const MONTH_DAY = new Intl.DateTimeFormat('en-US', { month: 'short', day: 'numeric', timeZone: 'UTC' });
function shortDay(value: string): string {
  return MONTH_DAY.format(new Date(`${value}T00:00:00Z`));
}

export function Funnel({ chart }: { chart: FunnelChart }) {
  const rows = chart.rows[0]?.projects ? chart.rows : [];
  return (
    <Chart
      title="From brief to approval"
      sentence={funnelSentence(chart)}
      csvName={`funnel-${chart.from}-${chart.to}`}
      height={heightOf(rows.length)}
      rows={rows}
      columns={[
        { key: 'label', label: 'Step' },
        { key: 'projects', label: 'Projects', align: 'right', format: count },
        {
          key: 'share_of_first',
          label: 'Of all begun',
          align: 'right',
          format: (value) => formatPercent(typeof value === 'number' ? value * 100 : null),
        },
        { key: 'lost', label: 'Lost before', align: 'right', format: count },
      ]}
      option={(colors) =>
        lyingBars(colors, {
          labels: rows.map((row) => row.label),
          name: 'Projects',
          values: rows.map((row) => row.projects),
          room: 104,
          text: (index) => {
            const row = rows[index];
            if (!row) return '';
            const lost = row.lost > 0 ? `  −${formatCount(row.lost)}` : '';
            return `${formatCount(row.projects)}  ${formatPercent(row.share_of_first * 100)}${lost}`;
          },
        })
      }
    />
  );
}

export function Turnaround({ chart }: { chart: TurnaroundChart }) {
  const rows = chart.rows.some((row) => row.projects > 0) ? chart.rows : [];
  const known = rows
    .flatMap((row) => [row.median_hours, row.p90_hours])
    .flatMap((hours) => (hours === null ? [] : Math.max(hours, 0.001)));
  return (
    <Chart
      title="Time from step to step"
      sentence={turnaroundSentence(chart)}
      csvName={`turnaround-${chart.from}-${chart.to}`}
      height={heightOf(rows.length) + 56}
      rows={rows}
      columns={[
        { key: 'label', label: 'From and to' },
        { key: 'projects', label: 'Projects', align: 'right', format: count },
        { key: 'median_hours', label: 'Median', align: 'right', format: hours },
        { key: 'p90_hours', label: 'Nine of ten within', align: 'right', format: hours },
      ]}
      option={(colors) => {
        const { value, category } = axes(colors);
        // Dots, since a logarithmic axis has no zero for bars to stand on.
        const dots = (name: string, position: string, values: (number | null)[]) => ({
          name,
          type: 'scatter',
          symbolSize: 11,
          // Under four seconds is drawn as four seconds.
          data: values.map((hours, index) => [hours === null ? null : Math.max(hours, 0.001), index]),
          label: {
            show: true,
            position,
            color: colors.ink,
            formatter: ({ dataIndex }: { dataIndex: number }) => formatHours(values[dataIndex] ?? null),
          },
        });
        return {
          legend: legend(colors),
          grid: { left: 4, right: 56, top: 34, bottom: 4, containLabel: true },
          xAxis: {
            ...value,
            type: 'log',
            // Room for the words on both sides; the figures stand at the dots.
            min: Math.min(...known) / 30,
            max: Math.max(...known) * 2,
            axisLabel: { show: false },
            axisLine: { show: false },
            splitLine: { show: false },
          },
          yAxis: {
            ...category,
            inverse: true,
            data: rows.map((row) => row.label),
            splitLine: { show: true, lineStyle: { color: colors.hairline } },
          },
          series: [
            dots(
              'Median',
              'left',
              rows.map((row) => row.median_hours),
            ),
            dots(
              'Nine of ten within',
              'right',
              rows.map((row) => row.p90_hours),
            ),
          ],
        };
      }}
    />
  );
}
