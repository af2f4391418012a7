// What a product has cost and will cost: every price with the days from which it holds.
import { useQuery } from '@tanstack/react-query';
import type { ProductPrice } from '../../../../contract/catalog-imports.ts';
import { pricesQuery } from '../../api/catalog.ts';
import { Badge } from '../../ui/badge.tsx';
import { Money } from '../../ui/figures.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { formatDate } from '../../ui/units.ts';

const SHOWN = 12;

type When = 'ahead' | 'now' | 'past';
interface Row extends ProductPrice {
  when: When;
}

/** Newest first, as the server lists them; the first that has begun holds now. */
export function withTimes(prices: readonly ProductPrice[], now: number): Row[] {
  let current = false;
  return prices.map((price) => {
    const begun = Date.parse(price.effective_from) <= now;
    const over = price.effective_to !== null && Date.parse(price.effective_to) <= now;
    const when: When = !begun ? 'ahead' : current || over ? 'past' : 'now';
    if (when === 'now') current = true;
    return { ...price, when };
  });
}

export function Prices({ productId }: { productId: string }) {
  const prices = useQuery(pricesQuery(productId));
  const rows = withTimes(prices.data?.items ?? [], Date.now());
  // One price that never changed says no more than the page's head.
  if (rows.length < 2) return null;
  const columns: Column<Row>[] = [
    {
      key: 'from',
      header: 'From',
      cell: (row) => (
        <span className="flex flex-wrap items-center gap-2">
          {formatDate(row.effective_from)}
          {row.when === 'ahead' ? <Badge tone="warn">Ahead</Badge> : null}
          {row.when === 'now' ? <Badge tone="good">Now</Badge> : null}
        </span>
      ),
    },
    {
      key: 'to',
      header: 'Until',
      wideOnly: true,
      cell: (row) => (row.effective_to ? formatDate(row.effective_to) : '–'),
    },
    { key: 'list', header: 'Price list', wideOnly: true, cell: (row) => row.price_list_name ?? '–' },
    {
      key: 'price',
      header: 'List price',
      align: 'right',
      cell: (row) => <Money amount={row.list_price} currency={row.currency} cents />,
    },
  ];
  return (
    <section className="border-t border-hairline pt-4">
      <h2 className="mb-2 text-lg font-semibold">Prices</h2>
      <Table
        label="Prices with the day they hold from"
        columns={columns}
        rows={rows.slice(0, SHOWN)}
        rowKey={(row) => `${row.effective_from}:${row.list_price}`}
      />
    </section>
  );
}
