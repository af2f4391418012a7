// The catalogue: words and meaning in one search, filters with counts, results drawn from their dimensions.
import { type InfiniteData, type UseInfiniteQueryResult, useInfiniteQuery } from '@tanstack/react-query';
import { LayoutGrid, SlidersHorizontal, TableProperties } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { ProductSearchQuery, ProductSearchResult } from '../../../../contract/catalog.ts';
import { useMe } from '../../api/accounts.ts';
import { productSearchQuery } from '../../api/catalog.ts';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { SearchInput, Segmented, Select } from '../../ui/field.tsx';
import { ButtonLink } from '../../ui/link.tsx';
import { Page } from '../../ui/page.tsx';
import { ErrorState } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { formatCount } from '../../ui/units.ts';
import { useDebounced } from '../../ui/use-debounced.ts';
import { Chips } from './chips.tsx';
import { MOST_COMPARED, pickedIds, toggled } from './compare-state.ts';
import { CompareTray } from './compare-tray.tsx';
import { Facets } from './facets.tsx';
import { NothingFound } from './nothing-found.tsx';
import { CardGrid, GridSkeleton, type Picking, ResultTable } from './results.tsx';
import { type CatalogueState, filterCount, filterOf, useCatalogueState } from './search-state.ts';
import { walkResults } from './walk-results.ts';

const SORT_LABELS: Record<ProductSearchQuery['sort'], string> = {
  relevance: 'Best match',
  price_asc: 'Price, low first',
  price_desc: 'Price, high first',
  lead_time: 'Lead time',
  carbon: 'Carbon',
  name: 'Name',
  newest: 'Newest',
};

export default function CataloguePage() {
  const state = useCatalogueState();
  const { search } = state;
  const [filtering, setFiltering] = useState(false);
  const me = useMe();
  const result = useInfiniteQuery(productSearchQuery(filterOf(search)));
  const first = result.data?.pages[0];
  const filters = filterCount(search);
  return (
    <Page
      title="Catalogue"
      note={first ? `${formatCount(first.total)} ${first.total === 1 ? 'product' : 'products'}` : ' '}
      actions={me.is_admin ? <ButtonLink to="/catalogue/import">Import products</ButtonLink> : undefined}
    >
      <div className="grid items-start gap-x-8 gap-y-4 md:grid-cols-[13rem_minmax(0,1fr)]">
        <aside aria-label="Filters" className="max-md:hidden">
          <Facets facets={first?.facets} state={state} />
        </aside>
        <div className="flex min-w-0 flex-col gap-4">
          <SearchBar state={state} filters={filters} onFilters={() => setFiltering(true)} />
          <Chips state={state} understood={first?.understood_filters ?? []} />
          {first?.corrected_query ? (
            <p className="text-sm text-ink-2">
              Showing results for <strong className="font-medium text-ink">{first.corrected_query}</strong>.
            </p>
          ) : null}
          <Results state={state} result={result} />
        </div>
      </div>
      <Dialog
        open={filtering}
        onClose={() => setFiltering(false)}
        title="Filters"
        footer={
          <Button variant="primary" onClick={() => setFiltering(false)}>
            Show {formatCount(first?.total)} products
          </Button>
        }
      >
        <Facets facets={first?.facets} state={state} />
      </Dialog>
    </Page>
  );
}

function SearchBar({
  state,
  filters,
  onFilters,
}: {
  state: CatalogueState;
  filters: number;
  onFilters: () => void;
}) {
  const { search, change } = state;
  return (
    <div className="flex flex-wrap items-center gap-2">
      <WordsInput state={state} />
      <Button onClick={onFilters} className="md:hidden">
        <SlidersHorizontal />
        Filters{filters > 0 ? ` (${filters})` : ''}
      </Button>
      <Select
        aria-label="Order"
        controlSize="sm"
        className="[&_select]:h-8"
        value={search.sort ?? 'relevance'}
        onChange={(event) => change({ sort: event.target.value as ProductSearchQuery['sort'] })}
      >
        {Object.entries(SORT_LABELS).map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </Select>
      <Segmented
        label="View"
        value={search.view ?? 'cards'}
        options={[
          { value: 'cards', label: <ViewMark icon={<LayoutGrid />} label="Cards" /> },
          { value: 'table', label: <ViewMark icon={<TableProperties />} label="Table" /> },
        ]}
        onChange={(view) => change({ view: view === 'table' ? 'table' : undefined }, { replace: true })}
      />
    </div>
  );
}
function ViewMark({ icon, label }: { icon: ReactNode; label: string }) {
  return (
    <span className="[&_svg]:size-4" title={label}>
      {icon}
      <span className="sr-only">{label}</span>
    </span>
  );
}

/** Follows the typing after a moment's rest; the address follows without filling the history. */
function WordsInput({ state: { search, change } }: { state: CatalogueState }) {
  const [words, setWords] = useState(search.q ?? '');
  const still = useDebounced(words, 220);
  const sent = useRef(search.q ?? '');
  useEffect(() => {
    if (still.trim() === sent.current) return;
    sent.current = still.trim();
    change({ q: still.trim() || undefined, ignore: undefined }, { replace: true });
  }, [still, change]);
  useEffect(() => {
    // The address changed by itself: back, forward, a link.
    if ((search.q ?? '') === sent.current) return;
    sent.current = search.q ?? '';
    setWords(search.q ?? '');
  }, [search.q]);
  return (
    <search className="min-w-56 flex-1">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          sent.current = words.trim();
          change({ q: words.trim() || undefined, ignore: undefined });
        }}
      >
        <SearchInput
          label="Search products"
          placeholder="quiet booth for two, oak, under $9,000"
          className="w-full"
          value={words}
          maxLength={500}
          onChange={(event) => setWords(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') setWords('');
          }}
        />
      </form>
    </search>
  );
}

type ProductResults = UseInfiniteQueryResult<InfiniteData<ProductSearchResult>>;

function Results({ state, result }: { state: CatalogueState; result: ProductResults }) {
  const { search, change } = state;
  const picking = usePicking(state);
  if (result.isPending) return <GridSkeleton />;
  if (result.isError && !result.data)
    return (
      <ErrorState
        title="The catalogue could not be searched"
        error={result.error}
        onRetry={() => void result.refetch()}
      />
    );
  const products = result.data?.pages.flatMap((page) => page.items) ?? [];
  const total = result.data?.pages[0]?.total ?? 0;
  if (products.length === 0)
    return <NothingFound state={state} understood={result.data?.pages[0]?.understood_filters ?? []} />;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the links inside, heard together.
    <div
      className={cx('flex flex-col gap-6 transition-opacity', result.isPlaceholderData && 'opacity-60')}
      onKeyDown={(event) => walkResults(event, picking.toggle)}
    >
      {search.view === 'table' ? (
        <ResultTable
          products={products}
          picking={picking}
          sort={sortOf(search.sort)}
          onSort={(key) => change({ sort: nextSort(key, search.sort) })}
        />
      ) : (
        <CardGrid products={products} withReason={Boolean(search.q)} picking={picking} />
      )}
      {result.hasNextPage ? (
        <div className="flex items-center gap-3">
          <Button busy={result.isFetchingNextPage} onClick={() => void result.fetchNextPage()}>
            Show more
          </Button>
          <p className="text-sm text-ink-3">
            {formatCount(products.length)} of {formatCount(total)}
          </p>
          {result.isFetchNextPageError ? (
            <p role="alert" className="text-sm text-bad">
              More could not be loaded. Try again.
            </p>
          ) : null}
        </div>
      ) : null}
      <CompareTray picked={picking.picked} onClear={() => change({ pick: undefined }, { replace: true })} />
    </div>
  );
}

function usePicking({ search, change }: CatalogueState): Picking {
  const picked = pickedIds(search.pick);
  return {
    picked,
    toggle: (id) => {
      const next = toggled(picked, id);
      if (next) change({ pick: next.join(',') || undefined }, { replace: true });
      else toast(`At most ${MOST_COMPARED} products are compared; take one out first`);
    },
  };
}

const SORT_KEYS: Record<string, [ProductSearchQuery['sort'], ProductSearchQuery['sort']]> = {
  price: ['price_asc', 'price_desc'],
  lead_time: ['lead_time', 'lead_time'],
  carbon: ['carbon', 'carbon'],
  name: ['name', 'name'],
};
function sortOf(sort: ProductSearchQuery['sort'] | undefined) {
  const key = Object.keys(SORT_KEYS).find((name) => SORT_KEYS[name]?.includes(sort ?? 'relevance'));
  if (!key) return undefined;
  return { key, direction: sort === 'price_desc' ? ('desc' as const) : ('asc' as const) };
}
function nextSort(key: string, sort: ProductSearchQuery['sort'] | undefined): ProductSearchQuery['sort'] {
  const [up, down] = SORT_KEYS[key] ?? ['relevance', 'relevance'];
  return sort === up ? down : up;
}
