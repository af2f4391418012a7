// An empty result: what was understood of the words, and what each limit taken off would give.
import { useQueries } from '@tanstack/react-query';
import type { UnderstoodFilter } from '../../../../contract/catalog.ts';
import { productCountQuery } from '../../api/catalog.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { formatCount } from '../../ui/units.ts';
import { chosen } from './chips.tsx';
import { type CatalogueSearch, type CatalogueState, filterCount, filterOf } from './search-state.ts';

interface Relaxation {
  key: string;
  label: string;
  change: CatalogueSearch;
}

/** One way out for each limit in force: those read from the words first, then the chosen ones, then the words. */
export function relaxations(search: CatalogueSearch, understood: readonly UnderstoodFilter[]): Relaxation[] {
  const ignored = search.ignore?.split(',') ?? [];
  return [
    ...understood.map(({ id, label }) => ({
      key: `ignore:${id}`,
      label: `Without “${label}”`,
      change: { ignore: [...ignored, id].join(',') },
    })),
    ...chosen(search).map(({ key, label }) => ({
      key,
      label: `Without “${label}”`,
      change: { [key]: undefined } as CatalogueSearch,
    })),
    ...(search.q && filterCount(search) > 0
      ? [{ key: 'q', label: 'Without the words', change: { q: undefined, ignore: undefined } }]
      : []),
  ];
}

export function NothingFound({
  state: { search, change, clear },
  understood,
}: {
  state: CatalogueState;
  understood: readonly UnderstoodFilter[];
}) {
  const filters = filterCount(search);
  const ways = relaxations(search, understood);
  const counts = useQueries({
    queries: ways.map((way) => productCountQuery(filterOf({ ...search, ...way.change }))),
  });
  if (!search.q && filters === 0)
    return (
      <EmptyState title="No products yet">
        The catalogue holds every product you can recommend, price and order. An administrator can import a
        price list as CSV, JSON or SIF.
      </EmptyState>
    );
  const helping = ways
    .map((way, i) => ({ ...way, total: counts[i]?.data?.total ?? 0 }))
    .filter((way) => way.total > 0);
  const asked = counts.every((count) => !count.isPending);
  return (
    <EmptyState
      title={search.q ? `Nothing found for “${search.q}”` : 'Nothing matches these filters'}
      action={
        helping.length > 0 ? (
          <ul className="flex flex-wrap justify-center gap-2">
            {helping.map((way) => (
              <li key={way.key}>
                <Button onClick={() => change(way.change)}>
                  {way.label}
                  <span className="text-ink-3">{formatCount(way.total)}</span>
                </Button>
              </li>
            ))}
          </ul>
        ) : asked && filters + understood.length > 1 ? (
          <Button
            onClick={() =>
              change({
                ignore:
                  [...(search.ignore?.split(',') ?? []), ...understood.map(({ id }) => id)].join(',') ||
                  undefined,
                category: undefined,
                subcategory: undefined,
                brand: undefined,
                certification: undefined,
                min_price: undefined,
                max_price: undefined,
                max_lead_time_days: undefined,
                in_stock: undefined,
              })
            }
          >
            Take off every limit
          </Button>
        ) : filters > 0 ? (
          <Button onClick={clear}>Remove the filters</Button>
        ) : (
          <Button onClick={() => change({ q: undefined, ignore: undefined })}>Show all products</Button>
        )
      }
    >
      {understood.length > 0
        ? `Understood from your words: ${understood.map(({ label }) => label).join('; ')}. ${helping.length > 0 ? 'One limit less gives:' : 'No single limit less gives anything.'}`
        : 'Describe what it is for, its size or its material, or take off a filter.'}
    </EmptyState>
  );
}
