// The catalogue: search with facets, one product with its variants and relations, import.
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type {
  Product,
  ProductForDealer,
  ProductHit,
  ProductSearchQuery,
  ProductSearchResult,
  RelatedProduct,
} from '../../../contract/catalog.ts';
import type { ProductPrice } from '../../../contract/catalog-imports.ts';
import type { Configuration, SuccessorChain } from '../../../contract/catalog-options.ts';
import type { AddItemRequest, ChangedItem } from '../../../contract/recommendations.ts';
import { api, type Page } from './client.ts';
import { keys } from './keys.ts';

export type ProductFilter = Partial<Omit<ProductSearchQuery, 'cursor' | 'limit' | 'probe'>>;

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
      api.get<ProductSearchResult>('/products', { query: { ...filter, probe: 'true', limit: 1 }, signal }),
  });
}

export function productQuery(id: string) {
  return queryOptions({
    queryKey: keys.product(id),
    queryFn: ({ signal }) => api.get<Product | ProductForDealer>(`/products/${id}`, { signal }),
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

/** Read as a question, although it is sent with POST: nothing is stored. */
export function configurationQuery(id: string, options: Record<string, string>) {
  return queryOptions({
    queryKey: [...keys.productPart(id, 'configuration'), options],
    queryFn: ({ signal }) =>
      api.post<Configuration>(`/products/${id}/configure`, { body: { options }, signal }),
    placeholderData: (before) => before,
  });
}

export function successorQuery(id: string) {
  return queryOptions({
    queryKey: keys.productPart(id, 'successor'),
    queryFn: ({ signal }) => api.get<SuccessorChain>(`/products/${id}/successor`, { signal }),
  });
}
