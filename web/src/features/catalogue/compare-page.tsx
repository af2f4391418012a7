// Up to four products side by side; what differs is marked. The address holds which.
import { useQueries } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { ArrowLeft, X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { Product, ProductForDealer } from '../../../../contract/catalog.ts';
import { productQuery } from '../../api/catalog.ts';
import { IconButton } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { Checkbox } from '../../ui/field.tsx';
import { useUnits } from '../../ui/figures.tsx';
import { ButtonLink, TextLink } from '../../ui/link.tsx';
import { Page } from '../../ui/page.tsx';
import { ProductThumb } from '../../ui/product/drawing.tsx';
import { EmptyState, ErrorState, SkeletonLines } from '../../ui/states.tsx';
import {
  formatCarbon,
  formatDays,
  formatInches,
  formatMoney,
  formatPercent,
  humanize,
  UNKNOWN,
  type Units,
} from '../../ui/units.ts';
import { MOST_COMPARED, pickedIds } from './compare-state.ts';
import { drawn } from './product-facts.ts';

type Compared = Product | ProductForDealer;
interface Row {
  label: string;
  values: string[];
}

export default function ComparePage() {
  const search = useSearch({ from: '/inside/catalogue/compare' }) as Record<string, unknown>;
  const navigate = useNavigate();
  const ids = pickedIds(search['ids']);
  const answers = useQueries({ queries: ids.map((id) => productQuery(id)) });
  const units = useUnits();
  const [only, setOnly] = useState(false);
  const products = answers.flatMap((answer) => (answer.data ? [answer.data] : []));
  const failed = answers.find((answer) => answer.isError);
  const show = (left: readonly string[]) =>
    void navigate({ to: '/catalogue/compare', search: { ids: left.join(',') }, replace: true });
  return (
    <Page
      title="Compare"
      note={ids.length > 0 ? `${products.length} of at most ${MOST_COMPARED} products` : undefined}
      actions={
        <TextLink to="/catalogue" search={{ pick: ids.join(',') || undefined }} className="text-sm">
          <ArrowLeft className="mr-1 inline size-3.5" aria-hidden="true" />
          Catalogue
        </TextLink>
      }
    >
      {ids.length === 0 ? (
        <EmptyState
          title="Nothing to compare yet"
          action={
            <ButtonLink to="/catalogue" variant="primary">
              Go to the catalogue
            </ButtonLink>
          }
        >
          Pick up to four products in the catalogue, with the box on the card or the key C.
        </EmptyState>
      ) : failed ? (
        <ErrorState
          title="A product could not be loaded"
          error={failed.error}
          onRetry={() => void failed.refetch()}
        />
      ) : products.length < ids.length ? (
        <SkeletonLines lines={10} />
      ) : (
        <>
          {products.length > 1 ? (
            <Checkbox
              label="Only what differs"
              checked={only}
              onChange={(event) => setOnly(event.target.checked)}
            />
          ) : null}
          <Comparison
            products={products}
            rows={rowsOf(products, units).filter((row) => !only || differs(row))}
            marks={!only}
            onRemove={(id) => show(ids.filter((other) => other !== id))}
          />
        </>
      )}
    </Page>
  );
}

function Comparison({
  products,
  rows,
  marks,
  onRemove,
}: {
  products: readonly Compared[];
  rows: readonly Row[];
  /** Differences are marked; where nothing else is shown a mark says nothing. */
  marks: boolean;
  onRemove: (id: string) => void;
}) {
  return (
    <div className="overflow-x-auto">
      <table className="w-full border-collapse text-sm">
        <thead>
          <tr>
            <th scope="col" className="w-20 min-w-20 md:w-32">
              <span className="sr-only">Fact</span>
            </th>
            {products.map((product) => (
              <th
                key={product.id}
                scope="col"
                className="w-56 min-w-34 p-2 text-left align-top font-normal md:min-w-44"
              >
                <div className="relative rounded-lg border border-hairline bg-surface p-4">
                  <ProductThumb product={drawn(product)} className="mx-auto size-18 md:size-28" />
                  <IconButton
                    label={`Take out ${product.name}`}
                    size="sm"
                    className="absolute! top-1 right-1"
                    onClick={() => onRemove(product.id)}
                  >
                    <X />
                  </IconButton>
                </div>
                <TextLink
                  to="/catalogue/$productId"
                  params={{ productId: product.id }}
                  className="mt-2 block font-medium"
                >
                  {product.name}
                </TextLink>
                <span className="text-xs text-ink-3">{product.sku}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const marked = marks && differs(row);
            return (
              <tr key={row.label} className="border-t border-hairline">
                <th scope="row" className="py-1.5 pr-3 text-left align-top font-normal text-ink-3">
                  {row.label}
                </th>
                {row.values.map((value, i) => (
                  <Value key={products[i]?.id} marked={marked}>
                    {value}
                  </Value>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** Differences carry a word for those who do not see the mark. */
function Value({ marked, children }: { marked: boolean; children: ReactNode }) {
  return (
    <td className={cx('px-2 py-1.5 align-top', marked && 'bg-accent-wash font-medium')}>
      {children}
      {marked ? <span className="sr-only"> (differs)</span> : null}
    </td>
  );
}

export function differs({ values }: Row): boolean {
  return values.some((value) => value !== values[0]);
}

const list = (words: readonly string[] | undefined) =>
  words && words.length > 0 ? [...words].sort().join(', ') : UNKNOWN;

function rowsOf(products: readonly Compared[], units: Units): Row[] {
  const row = (label: string, value: (product: Compared) => string): Row => ({
    label,
    values: products.map(value),
  });
  const inches = (side: 'width_in' | 'depth_in' | 'height_in') => (product: Compared) =>
    formatInches(product.specifications.dimensions?.[side], units);
  const rows = [
    row('List price', ({ list_price, currency }) => formatMoney(list_price, { currency, cents: true })),
    ...(products.some((product) => 'dealer_price' in product)
      ? [
          row('Dealer cost', (product) =>
            'dealer_price' in product && product.dealer_price !== null
              ? formatMoney(product.dealer_price, { currency: product.currency, cents: true })
              : UNKNOWN,
          ),
        ]
      : []),
    row('Kind', ({ subcategory, category }) => humanize(subcategory ?? category)),
    row('Brand', ({ brand }) => brand ?? UNKNOWN),
    row('Collection', ({ collection }) => collection ?? UNKNOWN),
    row('Width', inches('width_in')),
    row('Depth', inches('depth_in')),
    row('Height', inches('height_in')),
    row('Places', ({ specifications }) => String(specifications.seats ?? UNKNOWN)),
    row('Materials', ({ specifications }) => list(specifications.materials)),
    row('Colors', ({ specifications }) => list(specifications.colors_available)),
    row('Features', ({ specifications }) => list(specifications.features)),
    row('Lead time', ({ lead_time_days }) => formatDays(lead_time_days)),
    row('Stock', ({ in_stock }) => (in_stock ? 'In stock' : 'Made to order')),
    row('Least order', ({ moq }) => `${moq}`),
    row('Carbon', ({ sustainability }) => formatCarbon(sustainability.carbon_footprint_kg)),
    row('Recycled content', ({ sustainability }) => formatPercent(sustainability.recycled_content_pct)),
    row('Recyclable', ({ sustainability }) => formatPercent(sustainability.recyclable_pct)),
    row('Certificates', ({ sustainability }) => list(sustainability.certifications)),
    row('Status', ({ status }) => humanize(status)),
  ];
  return rows.filter(({ values }) => values.some((value) => value !== UNKNOWN));
}
