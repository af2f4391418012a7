// What the search is narrowed by, as chips that come off with a click: chosen filters, and facts read from the words.
import { X } from 'lucide-react';
import type { UnderstoodFilter } from '../../../../contract/catalog.ts';
import { formatDays, formatMoney, humanize } from '../../ui/units.ts';
import type { CatalogueSearch, CatalogueState } from './search-state.ts';

export interface ChipProps {
  label: string;
  /** Where it comes from, for what was read out of the words. */
  quote?: string | undefined;
  onRemove: () => void;
}
function Chip({ label, quote, onRemove }: ChipProps) {
  return (
    <li className="inline-flex h-7 items-center gap-1.5 rounded-md border border-line bg-surface pl-2.5 text-sm">
      <span>{label}</span>
      {quote ? <q className="text-xs text-ink-3">{quote}</q> : null}
      <button
        type="button"
        aria-label={`Remove ${label}`}
        onClick={onRemove}
        className="grid size-6.5 place-items-center rounded-md text-ink-3 hover:bg-hover hover:text-ink"
      >
        <X className="size-3.5" />
      </button>
    </li>
  );
}

/** Filters chosen beside the words, with what to call them. */
export function chosen(search: CatalogueSearch): { key: keyof CatalogueSearch; label: string }[] {
  const { category, subcategory, brand, certification, min_price, max_price, max_lead_time_days } = search;
  const chips: { key: keyof CatalogueSearch; label: string | undefined }[] = [
    { key: 'category', label: category && humanize(category) },
    { key: 'subcategory', label: subcategory && humanize(subcategory) },
    { key: 'brand', label: brand },
    { key: 'certification', label: certification },
    { key: 'min_price', label: min_price === undefined ? undefined : `${formatMoney(min_price)} or more` },
    { key: 'max_price', label: max_price === undefined ? undefined : `${formatMoney(max_price)} or less` },
    {
      key: 'max_lead_time_days',
      label: max_lead_time_days === undefined ? undefined : `${formatDays(max_lead_time_days)} or less`,
    },
    { key: 'in_stock', label: search.in_stock ? 'In stock' : undefined },
  ];
  return chips.flatMap(({ key, label }) => (label ? [{ key, label }] : []));
}

export function Chips({
  state,
  understood,
}: {
  state: CatalogueState;
  understood: readonly UnderstoodFilter[];
}) {
  const { search, change, clear } = state;
  const filters = chosen(search);
  const ignored = search.ignore?.split(',') ?? [];
  if (filters.length === 0 && understood.length === 0 && ignored.length === 0) return null;
  return (
    <ul aria-label="Filters in use" className="flex flex-wrap items-center gap-2">
      {understood.map((filter) => (
        <Chip
          key={filter.id}
          label={filter.label}
          quote={filter.quote}
          onRemove={() => change({ ignore: [...ignored, filter.id].join(',') })}
        />
      ))}
      {filters.map(({ key, label }) => (
        <Chip key={key} label={label} onRemove={() => change({ [key]: undefined })} />
      ))}
      {filters.length > 1 ? (
        <li>
          <button
            type="button"
            onClick={clear}
            className="h-7 px-1 text-sm text-ink-2 underline-offset-3 hover:underline"
          >
            Remove all
          </button>
        </li>
      ) : null}
      {ignored.length > 0 ? (
        <li>
          <button
            type="button"
            onClick={() => change({ ignore: undefined })}
            className="h-7 px-1 text-sm text-ink-2 underline-offset-3 hover:underline"
          >
            Read the words as filters again
          </button>
        </li>
      ) : null}
    </ul>
  );
}
