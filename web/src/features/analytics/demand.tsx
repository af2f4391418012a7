// What is in demand, and what was looked for in vain: in one's own organizations and, for the maker, across them.
import type { DemandChart, MarketChart } from '../../../../contract/analytics.ts';
import { Chart } from '../../ui/chart.tsx';
import { formatCount, humanize } from '../../ui/units.ts';
import { heightOf, lyingBars } from './axes.ts';
import { demandSentence, emptySearchSentence, marketSentence, searchKindSentence } from './sentences.ts';

const TOP = 12;
const count = (value: string | number | null) => formatCount(typeof value === 'number' ? value : null);

export function Demand({ chart }: { chart: DemandChart }) {
  const { products } = chart;
  const top = products.slice(0, TOP);
  return (
    <Chart
      title="Products in demand"
      sentence={demandSentence(chart)}
      csvName={`product-demand-${chart.from}-${chart.to}`}
      height={heightOf(top.length)}
      rows={products.map(({ product_id: _, ...row }) => ({ ...row, category: humanize(row.category) }))}
      columns={[
        { key: 'name', label: 'Product' },
        { key: 'sku', label: 'Sku' },
        { key: 'category', label: 'Category' },
        { key: 'views', label: 'Views', align: 'right', format: count },
        { key: 'people', label: 'People', align: 'right', format: count },
      ]}
      option={(colors) =>
        lyingBars(colors, {
          labels: top.map((product) => product.name),
          name: 'Views',
          values: top.map((product) => product.views),
          text: (index) => count(top[index]?.views ?? null),
        })
      }
    />
  );
}

export function EmptySearches({ chart }: { chart: DemandChart }) {
  return (
    <Words
      title="Searches without a result"
      sentence={emptySearchSentence(chart)}
      csvName={`searches-without-result-${chart.from}-${chart.to}`}
      rows={chart.searches_without_result}
    />
  );
}

export function SearchKinds({ chart }: { chart: DemandChart }) {
  return (
    <Words
      title="Kinds of searches without a result"
      label="Kind"
      sentence={searchKindSentence(chart)}
      csvName={`search-kinds-without-result-${chart.from}-${chart.to}`}
      rows={chart.search_classes.map((row) => ({ query: humanize(row.query_class), count: row.count }))}
    />
  );
}

interface WordsProps {
  title: string;
  label?: string;
  sentence: string;
  csvName: string;
  rows: readonly { query: string; count: number }[];
}
function Words({ title, label = 'Words', sentence, csvName, rows }: WordsProps) {
  const top = rows.slice(0, TOP);
  return (
    <Chart
      title={title}
      sentence={sentence}
      csvName={csvName}
      height={heightOf(top.length)}
      rows={rows}
      columns={[
        { key: 'query', label },
        { key: 'count', label: 'Times', align: 'right', format: count },
      ]}
      option={(colors) =>
        lyingBars(colors, {
          labels: top.map((row) => row.query),
          name: 'Times',
          values: top.map((row) => row.count),
          text: (index) => count(top[index]?.count ?? null),
          color: 1,
        })
      }
    />
  );
}

export function Market({ chart }: { chart: MarketChart }) {
  const { products } = chart;
  const top = products.slice(0, TOP);
  const weeks = `${chart.from ?? 'none'}-${chart.to ?? 'none'}`;
  const searches = chart.searches_without_result;
  return (
    <div className="grid items-start gap-10 lg:grid-cols-2">
      <Chart
        title="Products in demand across organizations"
        sentence={marketSentence(chart)}
        csvName={`demand-across-organizations-${weeks}`}
        height={heightOf(top.length)}
        rows={products.map(({ product_id: _, ...row }) => ({ ...row, category: humanize(row.category) }))}
        columns={[
          { key: 'name', label: 'Product' },
          { key: 'sku', label: 'Sku' },
          { key: 'category', label: 'Category' },
          { key: 'views', label: 'Views', align: 'right', format: count },
        ]}
        option={(colors) =>
          lyingBars(colors, {
            labels: top.map((product) => product.name),
            name: 'Views',
            values: top.map((product) => product.views),
            text: (index) => count(top[index]?.views ?? null),
          })
        }
      />
      <Words
        title="Searches without a result across organizations"
        sentence={
          searches[0]
            ? `“${searches[0].query}” was looked for in vain most often, ${formatCount(searches[0].count)} times in ${chart.smallest_group} or more organizations.`
            : `No words were looked for in vain by ${chart.smallest_group} or more organizations in one week.`
        }
        csvName={`searches-across-organizations-${weeks}`}
        rows={searches}
      />
    </div>
  );
}
