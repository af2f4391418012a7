// How long data is kept, for administrators: policies, runs and legal holds.
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type {
  CreateLegalHoldRequest,
  LegalHold,
  RetentionPolicy,
  RetentionRun,
  UpdateRetentionPolicyRequest,
} from '../../../contract/retention.ts';
import { api } from './client.ts';

const KEYS = {
  policies: ['retention', 'policies'] as const,
  runs: ['retention', 'runs'] as const,
  holds: ['retention', 'holds'] as const,
};
const LOOK_AGAIN_MS = 1500;

export const retentionPoliciesQuery = queryOptions({
  queryKey: KEYS.policies,
  queryFn: async ({ signal }) =>
    (await api.get<{ items: RetentionPolicy[] }>('/admin/retention/policies', { signal })).items,
});

/** The newest twenty; asked again while one is running. */
export const retentionRunsQuery = queryOptions({
  queryKey: KEYS.runs,
  queryFn: async ({ signal }) =>
    (await api.get<{ items: RetentionRun[] }>('/admin/retention/runs', { query: { limit: 20 }, signal }))
      .items,
  refetchInterval: ({ state }) =>
    state.data?.some((run) => run.status === 'running') ? LOOK_AGAIN_MS : false,
});

export const legalHoldsQuery = queryOptions({
  queryKey: KEYS.holds,
  queryFn: async ({ signal }) =>
    (await api.get<{ items: LegalHold[] }>('/admin/legal-holds', { query: { limit: 200 }, signal })).items,
});

export function useUpdateRetentionPolicy() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ name, change }: { name: string; change: UpdateRetentionPolicyRequest }) =>
      api.patch<RetentionPolicy>(`/admin/retention/policies/${name}`, { body: change }),
    onSuccess: (policy) =>
      client.setQueryData(retentionPoliciesQuery.queryKey, (all) =>
        all?.map((each) => (each.name === policy.name ? policy : each)),
      ),
  });
}

export function useStartRetentionRun() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (dryRun: boolean) =>
      api.post<RetentionRun>('/admin/retention/runs', { body: { dry_run: dryRun } }),
    onSuccess: (run) => client.setQueryData(retentionRunsQuery.queryKey, (runs) => [run, ...(runs ?? [])]),
  });
}

export function usePlaceHold() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: CreateLegalHoldRequest) => api.post<LegalHold>('/admin/legal-holds', { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: KEYS.holds }),
  });
}

export function useReleaseHold() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.delete<LegalHold>(`/admin/legal-holds/${id}`),
    onSuccess: () => client.invalidateQueries({ queryKey: KEYS.holds }),
  });
}
