// The catalogue: search with facets, one product with its variants and relations, import.
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
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
