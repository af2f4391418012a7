// A person's own data: copies to take away; for administrators erasure and its receipts.
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type {
  EraseRequest,
  ErasurePreview,
  ErasureReceipt,
  PersonExport,
} from '../../../contract/privacy.ts';
import { API, api } from './client.ts';

const KEYS = { copies: ['privacy', 'copies'] as const, receipts: ['privacy', 'receipts'] as const };
const LOOK_AGAIN_MS = 1500;

export const dataCopiesQuery = queryOptions({
  queryKey: KEYS.copies,
  queryFn: async ({ signal }) =>
    (await api.get<{ items: PersonExport[] }>('/auth/me/data-exports', { signal })).items,
  refetchInterval: ({ state }) =>
    state.data?.some((copy) => copy.status === 'queued' || copy.status === 'running') ? LOOK_AGAIN_MS : false,
});

export function dataCopyUrl(id: string): string {
  return `${API}/auth/me/data-exports/${id}/file`;
}

export function useAskForCopy() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.post<PersonExport>('/auth/me/data-exports'),
    onSuccess: (copy) => client.setQueryData(dataCopiesQuery.queryKey, (copies) => [copy, ...(copies ?? [])]),
  });
}

export const ownErasureQuery = queryOptions({
  queryKey: ['privacy', 'own-erasure'] as const,
  queryFn: ({ signal }) => api.get<ErasurePreview>('/auth/me/erasure', { signal }),
});

/** A person by e-mail, with what erasing them would do. */
export function useFindPerson() {
  return useMutation({
    mutationFn: (email: string) => api.get<ErasurePreview>('/admin/persons', { query: { email } }),
  });
}

export const erasuresQuery = queryOptions({
  queryKey: KEYS.receipts,
  queryFn: async ({ signal }) =>
    (await api.get<{ items: ErasureReceipt[] }>('/admin/erasures', { query: { limit: 100 }, signal })).items,
  refetchInterval: ({ state }) =>
    state.data?.some((one) => one.status === 'running') ? LOOK_AGAIN_MS : false,
});

export function useErase() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ user_id, ...body }: EraseRequest & { user_id: string }) =>
      api.post<ErasureReceipt>(`/admin/persons/${user_id}/erasure`, { body }),
    onSuccess: (receipt) => client.setQueryData(erasuresQuery.queryKey, (all) => [receipt, ...(all ?? [])]),
  });
}
