// The catalogue's address: which words, filters, order and view it holds, and how it becomes a request.
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { PRODUCT_SORTS, type ProductSearchQuery } from '../../../../contract/catalog.ts';
import type { ProductFilter } from '../../api/catalog.ts';
import { pickedIds } from './compare-state.ts';

export interface CatalogueSearch {
  q?: string | undefined;
  category?: string | undefined;
  subcategory?: string | undefined;
  brand?: string | undefined;
  certification?: string | undefined;
  min_price?: number | undefined;
  max_price?: number | undefined;
  max_lead_time_days?: number | undefined;
  in_stock?: true | undefined;
  /** Ids of understood filters the person took off. */
  ignore?: string | undefined;
  sort?: ProductSearchQuery['sort'] | undefined;
  view?: 'table' | undefined;
  /** Ids of products picked to be compared, with commas. */
  pick?: string | undefined;
}

const text = (value: unknown) =>
  typeof value === 'number' ? String(value) : typeof value === 'string' && value.trim() ? value : undefined;
function amount(value: unknown): number | undefined {
  const read = typeof value === 'number' ? value : typeof value === 'string' ? Number(value) : Number.NaN;
  return Number.isFinite(read) && read >= 0 ? read : undefined;
}

/** Unknown or broken values are dropped. */
export function catalogueSearch(raw: Record<string, unknown>): CatalogueSearch {
  const search: CatalogueSearch = {
    q: text(raw['q']),
    category: text(raw['category']),
    subcategory: text(raw['subcategory']),
    brand: text(raw['brand']),
    certification: text(raw['certification']),
    min_price: amount(raw['min_price']),
    max_price: amount(raw['max_price']),
    max_lead_time_days: amount(raw['max_lead_time_days']),
    in_stock: raw['in_stock'] === true || raw['in_stock'] === 'true' || undefined,
    ignore: text(raw['ignore']),
    sort: PRODUCT_SORTS.find((sort) => sort === raw['sort'] && sort !== 'relevance'),
    view: raw['view'] === 'table' ? 'table' : undefined,
    pick: pickedIds(raw['pick']).join(',') || undefined,
  };
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined));
}

export function filterOf({ view: _view, pick: _pick, ignore, ...search }: CatalogueSearch): ProductFilter {
  const filter = { ...search, ...(ignore ? { ignore: ignore.split(',') } : {}) };
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
}

/** How many filters stand beside the words. */
export function filterCount(search: CatalogueSearch): number {
  const { category, subcategory, brand, certification, min_price, max_price, max_lead_time_days, in_stock } =
    search;
  return [
    category,
    subcategory,
    brand,
    certification,
    min_price,
    max_price,
    max_lead_time_days,
    in_stock,
  ].filter((value) => value !== undefined).length;
}

export interface CatalogueState {
  search: CatalogueSearch;
  /** Changes some of it; `replace` keeps typing out of the history. */
  change: (change: CatalogueSearch, options?: { replace?: boolean }) => void;
  /** Takes every filter off and keeps the words, the order and the view. */
  clear: () => void;
}

export function useCatalogueState(): CatalogueState {
  const raw = useSearch({ from: '/inside/catalogue' }) as Record<string, unknown>;
  const navigate = useNavigate();
  const search = useMemo(() => catalogueSearch(raw), [raw]);
  const change = useCallback(
    (part: CatalogueSearch, options: { replace?: boolean } = {}) =>
      void navigate({
        to: '/catalogue',
        search: (before: Record<string, unknown>) => ({ ...catalogueSearch({ ...before, ...part }) }),
        replace: options.replace ?? false,
        resetScroll: false,
      }),
    [navigate],
  );
  const clear = useCallback(() => {
    const { q, sort, view, pick } = search;
    void navigate({
      to: '/catalogue',
      search: { ...catalogueSearch({ q, sort, view, pick }) },
      resetScroll: false,
    });
  }, [navigate, search]);
  return { search, change, clear };
}
