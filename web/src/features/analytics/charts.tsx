// The charts of the analytics page: each says in one sentence what it shows, then shows it.
import type { DemandChart, FunnelChart, UsageChart } from '../../../../contract/analytics.ts';
import { Chart, type ChartColors } from '../../ui/chart.tsx';
import { formatCount, formatDate, formatPercent, humanize } from '../../ui/units.ts';

const count = (value: string | number | null) => formatCount(typeof value === 'number' ? value : null);
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const plural = (value: number, one: string, many: string) =>
  `${formatCount(value)} ${value === 1 ? one : many}`;

/** Axes as hairlines, for every chart. */
function axes(colors: ChartColors) {
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

export function Usage({ chart }: { chart: UsageChart }) {
  const { rows } = chart;
  const sessions = sum(rows.map((row) => row.sessions));
  const actions = sum(rows.map((row) => row.actions));
  const busiest = rows.reduce<(typeof rows)[number] | null>(
    (best, row) =>
      best === null || row.actions + row.page_views > best.actions + best.page_views ? row : best,
    null,
  );
  const sentence =
    sessions + actions === 0
      ? 'Nobody used the product in this period.'
      : `${plural(sessions, 'session', 'sessions')} with ${plural(actions, 'action', 'actions')}${busiest ? `; the busiest day was ${formatDate(busiest.date)}` : ''}.`;
  return (
    <Chart
      title="Usage a day"
      sentence={sentence}
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
          legend: {
            top: 0,
            left: 0,
            icon: 'rect',
            itemWidth: 10,
            itemHeight: 10,
            textStyle: { color: colors.ink2 },
          },
          grid: { left: 4, right: 8, top: 34, bottom: 4, containLabel: true },
          xAxis: {
            ...category,
            data: rows.map((row) => row.date),
            axisLabel: { ...category.axisLabel, formatter: shortDay, hideOverlap: true },
          },
          yAxis: value,
          series: [
            {
              name: 'Page views',
              type: 'bar',
              stack: 'all',
              data: rows.map((row) => row.page_views),
              barMaxWidth: 22,
            },
            {
              name: 'Actions',
              type: 'bar',
              stack: 'all',
              data: rows.map((row) => row.actions),
              barMaxWidth: 22,
            },
            {
              name: 'Errors',
              type: 'bar',
              stack: 'all',
              data: rows.map((row) => row.errors),
              barMaxWidth: 22,
            },
            {
              name: 'Sessions',
              type: 'line',
              data: rows.map((row) => row.sessions),
              symbolSize: 5,
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
  const { rows } = chart;
  const first = rows[0];
  const last = rows.at(-1);
  // The step at which most projects stay behind.
  const losses = rows
    .slice(1)
    .map((row, index) => ({ row, lost: (rows[index]?.projects ?? 0) - row.projects }));
  const worst = losses.reduce<(typeof losses)[number] | null>(
    (best, each) => (best === null || each.lost > best.lost ? each : best),
    null,
  );
  const sentence =
    !first || first.projects === 0
      ? 'No project was begun in this period.'
      : `${formatCount(last?.projects ?? 0)} of ${plural(first.projects, 'project', 'projects')} reached approval${
          worst && worst.lost > 0 ? `; most stay behind before “${worst.row.label.toLowerCase()}”` : ''
        }.`;
  return (
    <Chart
      title="From brief to approval"
      sentence={sentence}
      csvName={`funnel-${chart.from}-${chart.to}`}
      height={rows.length * 34 + 30}
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
      ]}
      option={(colors) => {
        const { value, category } = axes(colors);
        return {
          grid: { left: 4, right: 96, top: 4, bottom: 4, containLabel: true },
          xAxis: { ...value, axisLabel: { show: false }, splitLine: { show: false } },
          yAxis: { ...category, inverse: true, data: rows.map((row) => row.label) },
          series: [
            {
              name: 'Projects',
              type: 'bar',
              barWidth: 18,
              data: rows.map((row) => row.projects),
              label: {
                show: true,
                position: 'right',
                color: colors.ink,
                formatter: ({ dataIndex }: { dataIndex: number }) => {
                  const row = rows[dataIndex];
                  return row
                    ? `${formatCount(row.projects)}  ${formatPercent(row.share_of_first * 100)}`
                    : '';
                },
              },
            },
          ],
        };
      }}
    />
  );
}

const TOP = 12;

export function Demand({ chart }: { chart: DemandChart }) {
  const products = chart.products;
  const top = products.slice(0, TOP);
  const most = products[0];
  const sentence = most
    ? `${most.name} was looked at most: ${plural(most.views, 'view', 'views')} by ${plural(most.people, 'person', 'people')}.`
    : 'No product was looked at in this period.';
  return (
    <Chart
      title="Products in demand"
      sentence={sentence}
      csvName={`product-demand-${chart.from}-${chart.to}`}
      height={Math.max(80, top.length * 28 + 30)}
      rows={products.map(({ sku, name, category, views, people }) => ({
        sku,
        name,
        category: humanize(category),
        views,
        people,
      }))}
      columns={[
        { key: 'name', label: 'Product' },
        { key: 'sku', label: 'Sku' },
        { key: 'category', label: 'Category' },
        { key: 'views', label: 'Views', align: 'right', format: count },
        { key: 'people', label: 'People', align: 'right', format: count },
      ]}
      option={(colors) => {
        const { value, category } = axes(colors);
        return {
          grid: { left: 4, right: 48, top: 4, bottom: 4, containLabel: true },
          xAxis: { ...value, axisLabel: { show: false }, splitLine: { show: false } },
          yAxis: {
            ...category,
            inverse: true,
            data: top.map((product) => product.name),
            axisLabel: { ...category.axisLabel, width: 190, overflow: 'truncate' },
          },
          series: [
            {
              name: 'Views',
              type: 'bar',
              barWidth: 14,
              data: top.map((product) => product.views),
              label: { show: true, position: 'right', color: colors.ink },
            },
          ],
        };
      }}
    />
  );
}

export function EmptySearches({ chart }: { chart: DemandChart }) {
  const searches = chart.searches_without_result;
  const top = searches.slice(0, TOP);
  const most = searches[0];
  const sentence = most
    ? `${plural(sum(searches.map((search) => search.count)), 'search', 'searches')} found nothing, most often for “${most.query}”.`
    : 'Every search found something.';
  return (
    <Chart
      title="Searches without a result"
      sentence={sentence}
      csvName={`searches-without-result-${chart.from}-${chart.to}`}
      height={Math.max(48, top.length * 28 + 30)}
      rows={searches}
      columns={[
        { key: 'query', label: 'Words' },
        { key: 'count', label: 'Times', align: 'right', format: count },
      ]}
      option={(colors) => {
        const { value, category } = axes(colors);
        return {
          color: colors.series.slice(1),
          grid: { left: 4, right: 48, top: 4, bottom: 4, containLabel: true },
          xAxis: { ...value, axisLabel: { show: false }, splitLine: { show: false } },
          yAxis: {
            ...category,
            inverse: true,
            data: top.map((search) => search.query),
            axisLabel: { ...category.axisLabel, width: 190, overflow: 'truncate' },
          },
          series: [
            {
              name: 'Times',
              type: 'bar',
              barWidth: 14,
              data: top.map((search) => search.count),
              label: { show: true, position: 'right', color: colors.ink },
            },
          ],
        };
      }}
    />
  );
}
