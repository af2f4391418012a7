// The catalogue: search with facets, one product with its variants and relations, import.
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type {
  ImportReport,
  Product,
  ProductForDealer,
  ProductHit,
  ProductSearchQuery,
  ProductSearchResult,
  ProductVariant,
  RelatedProduct,
} from '../../../contract/catalog.ts';
import type { ProductPrice } from '../../../contract/catalog-imports.ts';
import type { AddItemRequest, ChangedItem } from '../../../contract/recommendations.ts';
import { api, type Page } from './client.ts';
import { keys } from './keys.ts';

export type ProductFilter = Partial<Omit<ProductSearchQuery, 'cursor' | 'limit'>>;

export function productSearchQuery(filter: ProductFilter) {
  return infiniteQueryOptions({
    queryKey: keys.products(filter),
    queryFn: ({ pageParam, signal }) =>
      api.get<ProductSearchResult>('/products', {
        query: { ...filter, limit: 48, cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
    placeholderData: (before) => before,
  });
}

/** How many there would be; nothing of them is fetched but one. */
export function productCountQuery(filter: ProductFilter) {
  return queryOptions({
    queryKey: [...keys.products(filter), 'count'],
    queryFn: ({ signal }) =>
      api.get<ProductSearchResult>('/products', { query: { ...filter, limit: 1 }, signal }),
  });
}

export function productQuery(id: string) {
  return queryOptions({
    queryKey: keys.product(id),
    queryFn: ({ signal }) => api.get<Product | ProductForDealer>(`/products/${id}`, { signal }),
  });
}
export function variantsQuery(id: string) {
  return queryOptions({
    queryKey: keys.productPart(id, 'variants'),
    queryFn: ({ signal }) => api.get<Page<ProductVariant>>(`/products/${id}/variants`, { signal }),
  });
}
export function relatedQuery(id: string) {
  return queryOptions({
    queryKey: keys.productPart(id, 'related'),
    queryFn: ({ signal }) => api.get<Page<RelatedProduct>>(`/products/${id}/related`, { signal }),
  });
}
export function similarQuery(id: string) {
  return queryOptions({
    queryKey: keys.productPart(id, 'similar'),
    queryFn: ({ signal }) => api.get<Page<ProductHit>>(`/products/${id}/similar`, { signal }),
  });
}

export function pricesQuery(id: string) {
  return queryOptions({
    queryKey: keys.productPart(id, 'prices'),
    queryFn: ({ signal }) => api.get<Page<ProductPrice>>(`/products/${id}/prices`, { signal }),
  });
}

/** Puts a product into a room by hand. A 409 names the field that confirms: `if_no_place` or `override_limits`. */
export function useAddItem(projectId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({
      recommendation_id,
      ...body
    }: z.input<typeof AddItemRequest> & { recommendation_id: string }) =>
      api.post<ChangedItem>(`/recommendations/${recommendation_id}/items`, { body }),
    onSuccess: () =>
      Promise.all(
        [
          keys.recommendations(projectId),
          keys.allRecommendations,
          keys.scenarios(projectId),
          keys.sustainability(projectId),
          keys.project(projectId),
        ].map((queryKey) => client.invalidateQueries({ queryKey })),
      ),
  });
}

export function useImportCatalog() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (file: File) => {
      const form = new FormData();
      form.append('file', file);
      return api.post<ImportReport>('/catalog/imports', { form });
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['products'] }),
  });
}
