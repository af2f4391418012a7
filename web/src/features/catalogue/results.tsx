// Results as cards with a drawing, or as a table for comparing figures.
import { Link } from '@tanstack/react-router';
import type { Product, ProductHit } from '../../../../contract/catalog.ts';
import { Badge } from '../../ui/badge.tsx';
import { cx } from '../../ui/cx.ts';
import { Carbon, Days, Inches, Money } from '../../ui/figures.tsx';
import { ProductThumb } from '../../ui/product/drawing.tsx';
import { Skeleton } from '../../ui/states.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { humanize } from '../../ui/units.ts';
import { drawn } from './product-facts.ts';

const GRID = 'grid grid-cols-2 gap-x-4 gap-y-6 sm:grid-cols-3 xl:grid-cols-4';

export function Availability({
  product,
}: {
  product: Pick<Product, 'in_stock' | 'lead_time_days' | 'status'>;
}) {
  if (product.status !== 'active') return <Badge tone="warn">{humanize(product.status)}</Badge>;
  return (
    <span className="text-xs text-ink-2">
      {product.in_stock ? 'In stock, ' : ''}
      <Days days={product.lead_time_days} />
    </span>
  );
}

/** What the results let one pick for comparison. */
export interface Picking {
  picked: readonly string[];
  toggle: (id: string) => void;
}

function PickBox({ product, picking }: { product: Product; picking: Picking }) {
  const on = picking.picked.includes(product.id);
  return (
    <label
      className={cx(
        'absolute top-1.5 right-1.5 z-10 inline-flex min-h-7 cursor-pointer items-center gap-1.5 rounded-md border border-line bg-surface px-2 text-xs',
        'transition-opacity has-focus-visible:opacity-100 has-focus-visible:outline-2 has-focus-visible:outline-accent',
        on ? 'text-accent' : 'text-ink-2 opacity-0 group-hover:opacity-100 pointer-coarse:opacity-100',
      )}
    >
      <input
        type="checkbox"
        tabIndex={-1}
        checked={on}
        onChange={() => picking.toggle(product.id)}
        className="size-3.5 accent-[var(--accent)]"
        aria-label={`Compare ${product.name}`}
      />
      Compare
    </label>
  );
}

export function ProductCard({
  product,
  from,
  note,
  picking,
}: {
  product: Product;
  from: 'search' | 'related_products';
  note?: string | undefined;
  picking?: Picking | undefined;
}) {
  return (
    <article className="group relative flex min-w-0 flex-col gap-2">
      {picking ? <PickBox product={product} picking={picking} /> : null}
      <div className="grid aspect-square place-items-center rounded-lg border border-hairline bg-surface p-[12%] transition-colors group-hover:border-line">
        <ProductThumb product={drawn(product)} className="size-full" />
      </div>
      <div className="min-w-0">
        <h3 className="text-sm leading-snug font-medium">
          <Link
            to="/catalogue/$productId"
            params={{ productId: product.id }}
            state={{ viewed_from: from }}
            data-result={product.id}
            className="after:absolute after:inset-0 hover:underline"
          >
            {product.name}
          </Link>
        </h3>
        <p className="truncate text-xs text-ink-3">
          {[product.brand, product.sku].filter(Boolean).join(' · ')}
        </p>
        <p className="mt-1 flex flex-wrap items-baseline gap-x-2">
          <span className="font-medium">
            <Money amount={product.list_price} currency={product.currency} />
          </span>
          <Availability product={product} />
        </p>
        {note ? <p className="mt-1 text-xs text-ink-2">{note}</p> : null}
      </div>
    </article>
  );
}

export function CardGrid({
  products,
  withReason,
  picking,
}: {
  products: readonly ProductHit[];
  withReason: boolean;
  picking: Picking;
}) {
  return (
    <ul className={GRID}>
      {products.map((product) => (
        <li key={product.id}>
          <ProductCard
            product={product}
            from="search"
            note={withReason ? product.why : undefined}
            picking={picking}
          />
        </li>
      ))}
    </ul>
  );
}

export function GridSkeleton() {
  return (
    <div role="status" aria-label="Searching" className={GRID}>
      {Array.from({ length: 8 }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the places are alike and never move.
        <div key={index} className="flex flex-col gap-2">
          <Skeleton className="aspect-square w-full rounded-lg" />
          <Skeleton className="h-4 w-4/5" />
          <Skeleton className="h-4 w-1/2" />
        </div>
      ))}
    </div>
  );
}

const columnsFor = (picking: Picking): Column<ProductHit>[] => [
  {
    key: 'pick',
    header: <span className="sr-only">Compare</span>,
    width: '2rem',
    cell: (product) => (
      <input
        type="checkbox"
        checked={picking.picked.includes(product.id)}
        onChange={() => picking.toggle(product.id)}
        className="size-4 accent-[var(--accent)]"
        aria-label={`Compare ${product.name}`}
      />
    ),
  },
  {
    key: 'drawing',
    header: <span className="sr-only">Drawing</span>,
    width: '3.5rem',
    cell: (product) => <ProductThumb product={drawn(product)} className="size-10" />,
  },
  {
    key: 'name',
    header: 'Product',
    sortable: true,
    cell: (product) => (
      <>
        <Link
          to="/catalogue/$productId"
          params={{ productId: product.id }}
          state={{ viewed_from: 'search' }}
          data-result={product.id}
          className="hover:underline"
        >
          {product.name}
        </Link>
        <span className="block text-xs text-ink-3">{product.sku}</span>
      </>
    ),
  },
  { key: 'brand', header: 'Brand', wideOnly: true, cell: (product) => product.brand ?? '–' },
  {
    key: 'size',
    header: 'W × D × H',
    wideOnly: true,
    align: 'right',
    cell: ({ specifications: { dimensions } }) => (
      <>
        <Inches inches={dimensions?.width_in} /> × <Inches inches={dimensions?.depth_in} /> ×{' '}
        <Inches inches={dimensions?.height_in} />
      </>
    ),
  },
  {
    key: 'lead_time',
    header: 'Lead time',
    align: 'right',
    sortable: true,
    cell: (product) => <Days days={product.lead_time_days} />,
  },
  {
    key: 'carbon',
    header: 'Carbon',
    align: 'right',
    wideOnly: true,
    sortable: true,
    cell: (product) => <Carbon kg={product.sustainability.carbon_footprint_kg} />,
  },
  {
    key: 'price',
    header: 'List price',
    align: 'right',
    sortable: true,
    cell: (product) => <Money amount={product.list_price} currency={product.currency} cents />,
  },
];

export function ResultTable({
  products,
  picking,
  sort,
  onSort,
}: {
  products: readonly ProductHit[];
  picking: Picking;
  sort: { key: string; direction: 'asc' | 'desc' } | undefined;
  onSort: (key: string) => void;
}) {
  return (
    <div className="overflow-x-auto">
      <Table
        label="Products found"
        columns={columnsFor(picking)}
        rows={products}
        rowKey={(product) => product.id}
        sort={sort}
        onSort={onSort}
      />
    </div>
  );
}
