// Ranking models and training data for administrators, and what an organization lets be learned from it.
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type {
  OrganizationLearning,
  RankingModel,
  RankingOverview,
  TrainingDataCounts,
  TrainingRow,
  TrainingRun,
  UpdateOrganizationLearning,
  VerifyTrainingRow,
} from '../../../contract/learning.ts';
import { api, type Page } from './client.ts';
import { keys } from './keys.ts';

const LOOK_AGAIN_MS = 2000;
const PAGE = 50;

/** Looked for again while a run is under way. */
export const rankingQuery = queryOptions({
  queryKey: keys.ranking,
  queryFn: ({ signal }) => api.get<RankingOverview>('/admin/ranking-models', { signal }),
  refetchInterval: ({ state }) =>
    state.data?.runs.some((run) => run.status === 'queued' || run.status === 'running')
      ? LOOK_AGAIN_MS
      : false,
});

export function useTrainRanking() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.post<TrainingRun>('/admin/ranking-models/train'),
    onSettled: () => client.invalidateQueries({ queryKey: keys.ranking }),
  });
}

export function useMakeLive() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.post<RankingModel>(`/admin/ranking-models/${id}/promote`),
    onSettled: () => client.invalidateQueries({ queryKey: keys.ranking }),
  });
}

export interface TrainingFilter {
  state: TrainingRow['state'] | undefined;
  event: string | undefined;
}

export function trainingDataQuery(filter: TrainingFilter) {
  return infiniteQueryOptions({
    queryKey: keys.trainingData(filter),
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<TrainingRow>>('/admin/training-data', {
        query: { limit: PAGE, cursor: pageParam, ...filter },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });
}

export const trainingCountsQuery = queryOptions({
  queryKey: keys.trainingCounts,
  queryFn: ({ signal }) => api.get<TrainingDataCounts>('/admin/training-data/counts', { signal }),
});

export function useVerifyRow() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: VerifyTrainingRow & { id: string }) =>
      api.post<TrainingRow>(`/admin/training-data/${id}/verify`, { body }),
    onSettled: () => client.invalidateQueries({ queryKey: keys.allTrainingData }),
  });
}

export function organizationLearningQuery(organizationId: string) {
  return queryOptions({
    queryKey: keys.organizationLearning(organizationId),
    queryFn: ({ signal }) =>
      api.get<OrganizationLearning>(`/organizations/${organizationId}/learning`, { signal }),
  });
}

export function useUpdateOrganizationLearning(organizationId: string) {
  const client = useQueryClient();
  const queryKey = keys.organizationLearning(organizationId);
  return useMutation({
    mutationFn: (body: UpdateOrganizationLearning) =>
      api.patch<OrganizationLearning>(`/organizations/${organizationId}/learning`, { body }),
    onMutate: (body) => {
      const before = client.getQueryData<OrganizationLearning>(queryKey);
      if (before)
        client.setQueryData<OrganizationLearning>(queryKey, { ...before, ...withoutUndefined(body) });
      return before;
    },
    onSuccess: (after) => client.setQueryData(queryKey, after),
    onError: (_error, _body, before) => before && client.setQueryData(queryKey, before),
  });
}

function withoutUndefined(change: UpdateOrganizationLearning): Partial<OrganizationLearning> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}
