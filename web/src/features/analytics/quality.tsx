// What people made of what was recommended, and what the models cost.
import type { AcceptanceChart, ConversationsChart, ModelsChart } from '../../../../contract/analytics.ts';
import { Chart } from '../../ui/chart.tsx';
import { formatCount, formatMoney, formatPercent, humanize } from '../../ui/units.ts';
import { axes, heightOf, legend, lyingBars } from './axes.ts';
import {
  acceptanceSentence,
  conversationsSentence,
  formatMs,
  intentOf,
  modelsSentence,
  outcomeSentence,
} from './sentences.ts';

type Value = string | number | null;
const numeric = (value: Value) => (typeof value === 'number' ? value : null);
const count = (value: Value) => formatCount(numeric(value));
const percent = (value: Value) => formatPercent(typeof value === 'number' ? value * 100 : null);

export function Acceptance({ chart }: { chart: AcceptanceChart }) {
  const rows = chart.rows.map((row) => ({ ...row, category: humanize(row.category) }));
  const series = [
    ['Accepted', 'accepted'],
    ['Swapped', 'substituted'],
    ['Rejected', 'rejected'],
  ] as const;
  return (
    <Chart
      title="Acceptance by category"
      sentence={acceptanceSentence(chart)}
      csvName={`acceptance-${chart.from}-${chart.to}`}
      height={heightOf(rows.length) + 40}
      rows={rows}
      columns={[
        { key: 'category', label: 'Category' },
        { key: 'proposed', label: 'Recommended', align: 'right', format: count },
        { key: 'accepted', label: 'Accepted', align: 'right', format: count },
        { key: 'substituted', label: 'Swapped', align: 'right', format: count },
        { key: 'rejected', label: 'Rejected', align: 'right', format: count },
        { key: 'acceptance', label: 'Of those decided', align: 'right', format: percent },
      ]}
      option={(colors) => {
        const { value, category } = axes(colors);
        return {
          legend: legend(colors),
          grid: { left: 4, right: 24, top: 34, bottom: 4, containLabel: true },
          xAxis: value,
          yAxis: { ...category, inverse: true, data: rows.map((row) => row.category) },
          series: series.map(([name, key]) => ({
            name,
            type: 'bar',
            stack: 'all',
            barWidth: 16,
            data: rows.map((row) => row[key]),
          })),
        };
      }}
    />
  );
}

export function Outcomes({ chart }: { chart: AcceptanceChart }) {
  const { outcomes } = chart;
  const rows =
    outcomes.presented === 0
      ? []
      : [
          { step: 'Presented', recommendations: outcomes.presented },
          { step: 'Looked at', recommendations: outcomes.viewed },
          { step: 'Changed', recommendations: outcomes.modified },
          { step: 'Approved', recommendations: outcomes.approved },
          { step: 'Rejected', recommendations: outcomes.rejected },
          { step: 'Rated', recommendations: outcomes.rated },
        ];
  return (
    <Chart
      title="What became of recommendations"
      sentence={outcomeSentence(chart)}
      csvName={`recommendation-outcomes-${chart.from}-${chart.to}`}
      height={heightOf(rows.length)}
      rows={rows}
      columns={[
        { key: 'step', label: 'Step' },
        { key: 'recommendations', label: 'Recommendations', align: 'right', format: count },
      ]}
      option={(colors) =>
        lyingBars(colors, {
          labels: rows.map((row) => row.step),
          name: 'Recommendations',
          values: rows.map((row) => row.recommendations),
          text: (index) => count(rows[index]?.recommendations ?? null),
          color: 2,
        })
      }
    />
  );
}

/** Most calls first; the tail is in the table. */
const SHOWN = 10;

export function Models({ chart }: { chart: ModelsChart }) {
  const rows = chart.rows.map((row) => ({
    ...row,
    task_type: humanize(row.task_type),
    model: `${row.model_name} ${row.model_version}`,
  }));
  const top = rows.slice(0, SHOWN);
  const labels = top.map((row) => `${row.task_type}\n${row.model_name}`);
  return (
    <>
      <Chart
        title="Models: quality, latency and cost"
        sentence={modelsSentence(chart)}
        csvName={`models-${chart.from}-${chart.to}`}
        height={top.length * 42 + 16}
        rows={rows}
        columns={[
          { key: 'task_type', label: 'Task' },
          { key: 'model', label: 'Model' },
          { key: 'calls', label: 'Calls', align: 'right', format: count },
          {
            key: 'latency_p50_ms',
            label: 'Median',
            align: 'right',
            format: (value) => formatMs(numeric(value)),
          },
          {
            key: 'latency_p95_ms',
            label: '95th percentile',
            align: 'right',
            format: (value) => formatMs(numeric(value)),
          },
          { key: 'confidence', label: 'Confidence', align: 'right', format: percent },
          { key: 'rating', label: 'Rating of 5', align: 'right', format: decimal },
          { key: 'rated', label: 'Rated', align: 'right', format: count },
          { key: 'accepted', label: 'Accepted', align: 'right', format: count },
          { key: 'decided', label: 'Decided', align: 'right', format: count },
          { key: 'tokens_used', label: 'Tokens', align: 'right', format: count },
          {
            key: 'cost_usd',
            label: 'Cost',
            align: 'right',
            format: (value) => formatMoney(numeric(value), { cents: true }),
          },
        ]}
        option={(colors) =>
          lyingBars(colors, {
            labels,
            name: 'Latency, 95th percentile (ms)',
            values: top.map((row) => row.latency_p95_ms),
            text: (index) => formatMs(top[index]?.latency_p95_ms ?? null),
            room: 64,
          })
        }
      />
      {rows.length > 0 ? <Cost chart={chart} /> : null}
    </>
  );
}

const decimal = (value: Value) => (typeof value === 'number' ? value.toFixed(1) : '–');

/** Cost by task: what the bill is made of. */
function Cost({ chart }: { chart: ModelsChart }) {
  const tasks = new Map<string, { cost_usd: number; tokens_used: number; calls: number }>();
  for (const row of chart.rows) {
    const before = tasks.get(row.task_type) ?? { cost_usd: 0, tokens_used: 0, calls: 0 };
    tasks.set(row.task_type, {
      cost_usd: before.cost_usd + row.cost_usd,
      tokens_used: before.tokens_used + row.tokens_used,
      calls: before.calls + row.calls,
    });
  }
  const rows = [...tasks]
    .map(([task, totals]) => ({ task: humanize(task), ...totals }))
    .sort((a, b) => b.cost_usd - a.cost_usd || b.calls - a.calls);
  const dearest = rows[0];
  const money = (value: Value) => formatMoney(numeric(value), { cents: true });
  return (
    <Chart
      title="Cost by task"
      sentence={
        dearest && dearest.cost_usd > 0
          ? `${dearest.task} costs most: ${money(dearest.cost_usd)} for ${formatCount(dearest.calls)} calls.`
          : 'Nothing was paid for: every task ran on built-in models.'
      }
      csvName={`model-cost-${chart.from}-${chart.to}`}
      height={heightOf(rows.length)}
      rows={rows}
      columns={[
        { key: 'task', label: 'Task' },
        { key: 'calls', label: 'Calls', align: 'right', format: count },
        { key: 'tokens_used', label: 'Tokens', align: 'right', format: count },
        { key: 'cost_usd', label: 'Cost', align: 'right', format: money },
      ]}
      option={(colors) =>
        lyingBars(colors, {
          labels: rows.map((row) => row.task),
          name: 'Cost',
          values: rows.map((row) => row.cost_usd),
          text: (index) => money(rows[index]?.cost_usd ?? null),
          room: 72,
          color: 3,
        })
      }
    />
  );
}

export function Messages({ chart }: { chart: ConversationsChart }) {
  const rows = chart.rows.map((row) => ({ ...row, intent: intentOf(row.intent) }));
  return (
    <Chart
      title="What people write about"
      sentence={conversationsSentence(chart)}
      csvName={`messages-${chart.from}-${chart.to}`}
      height={heightOf(rows.length)}
      rows={rows}
      columns={[
        { key: 'intent', label: 'About' },
        { key: 'messages', label: 'Messages', align: 'right', format: count },
      ]}
      option={(colors) =>
        lyingBars(colors, {
          labels: rows.map((row) => row.intent),
          name: 'Messages',
          values: rows.map((row) => row.messages),
          room: 56,
          text: (index) => formatCount(rows[index]?.messages ?? null),
        })
      }
    />
  );
}
