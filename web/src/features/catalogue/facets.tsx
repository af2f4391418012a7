// The filters beside the results: what there is, how many of each, and what is chosen.
import { type FormEvent, useState } from 'react';
import type { ProductFacets } from '../../../../contract/catalog.ts';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { Checkbox, Field, Input, Select } from '../../ui/field.tsx';
import { formatCount, formatMoney, humanize } from '../../ui/units.ts';
import type { CatalogueState } from './search-state.ts';

type Count = ProductFacets['brand'][number];

export function Facets({ facets, state }: { facets: ProductFacets | undefined; state: CatalogueState }) {
  const { search, change } = state;
  return (
    <div className="flex flex-col gap-6">
      <FacetList
        title="Category"
        counts={facets?.category ?? []}
        chosen={search.category}
        label={humanize}
        onChoose={(category) => change({ category, subcategory: undefined })}
      />
      {search.category && (facets?.subcategory.length ?? 0) > 0 ? (
        <FacetList
          title="Kind"
          counts={facets?.subcategory ?? []}
          chosen={search.subcategory}
          label={humanize}
          onChoose={(subcategory) => change({ subcategory })}
        />
      ) : null}
      <FacetList
        title="Brand"
        counts={facets?.brand ?? []}
        chosen={search.brand}
        onChoose={(brand) => change({ brand })}
      />
      <PriceFilter facets={facets} state={state} />
      <Field label="Lead time">
        <Select
          className="w-full"
          controlSize="sm"
          value={search.max_lead_time_days ?? ''}
          onChange={(event) =>
            change({ max_lead_time_days: event.target.value ? Number(event.target.value) : undefined })
          }
        >
          <option value="">Any</option>
          {[...new Set([10, 21, 42, 70, search.max_lead_time_days ?? 10])]
            .sort((a, b) => a - b)
            .map((days) => (
              <option key={days} value={days}>
                {days} days or less
              </option>
            ))}
        </Select>
      </Field>
      <Checkbox
        label="In stock"
        checked={search.in_stock ?? false}
        onChange={(event) => change({ in_stock: event.target.checked || undefined })}
      />
      <FacetList
        title="Certificate"
        counts={facets?.certification ?? []}
        chosen={search.certification}
        onChoose={(certification) => change({ certification })}
      />
    </div>
  );
}

interface FacetListProps {
  title: string;
  counts: readonly Count[];
  chosen: string | undefined;
  label?: (value: string) => string;
  onChoose: (value: string | undefined) => void;
}
const SHOWN = 9;

function FacetList({ title, counts, chosen, label = (value) => value, onChoose }: FacetListProps) {
  const [all, setAll] = useState(false);
  // What is chosen stays in the list even where the other filters leave none of it.
  const list =
    chosen && !counts.some((count) => count.value === chosen)
      ? [{ value: chosen, count: 0 }, ...counts]
      : counts;
  if (list.length === 0) return null;
  const shown = all ? list : list.slice(0, SHOWN);
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-medium">{title}</legend>
      <ul>
        {shown.map(({ value, count }) => {
          const on = value === chosen;
          return (
            <li key={value}>
              <button
                type="button"
                aria-pressed={on}
                onClick={() => onChoose(on ? undefined : value)}
                className={cx(
                  '-mx-2 flex min-h-7 w-[calc(100%+1rem)] items-baseline gap-2 rounded-sm px-2 py-1 text-left text-sm hover:bg-hover',
                  on ? 'bg-accent-wash text-accent hover:bg-accent-wash' : 'text-ink-2',
                )}
              >
                <span className="min-w-0 flex-1 truncate">{label(value)}</span>
                <span className={cx('text-xs', on ? 'text-accent' : 'text-ink-3')}>{formatCount(count)}</span>
              </button>
            </li>
          );
        })}
      </ul>
      {list.length > SHOWN ? (
        <Button size="sm" variant="quiet" className="-ml-2.5" onClick={() => setAll(!all)}>
          {all ? 'Fewer' : `All ${list.length}`}
        </Button>
      ) : null}
    </fieldset>
  );
}

function PriceFilter({ facets, state }: { facets: ProductFacets | undefined; state: CatalogueState }) {
  const { search, change } = state;
  const apply = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const read = (name: string) => {
      const value = String(form.get(name) ?? '').replaceAll(/[^\d.]/g, '');
      return value === '' ? undefined : Number(value);
    };
    const from = read('from');
    const to = read('to');
    const swapped = from !== undefined && to !== undefined && from > to;
    change({ min_price: swapped ? to : from, max_price: swapped ? from : to });
  };
  const { min = null, max = null } = facets?.price ?? {};
  return (
    <form
      key={`${search.min_price}-${search.max_price}`}
      onSubmit={apply}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) event.currentTarget.requestSubmit();
      }}
    >
      <fieldset>
        <legend className="mb-1.5 text-sm font-medium">List price</legend>
        <div className="flex items-center gap-2">
          <Input
            name="from"
            aria-label="Lowest price"
            inputMode="numeric"
            className="h-7! text-sm"
            defaultValue={search.min_price ?? ''}
            placeholder={min === null ? 'from' : formatMoney(min)}
          />
          <span aria-hidden="true" className="text-ink-3">
            –
          </span>
          <Input
            name="to"
            aria-label="Highest price"
            inputMode="numeric"
            className="h-7! text-sm"
            defaultValue={search.max_price ?? ''}
            placeholder={max === null ? 'to' : formatMoney(max)}
          />
        </div>
        <button type="submit" className="sr-only">
          Apply price
        </button>
      </fieldset>
    </form>
  );
}
