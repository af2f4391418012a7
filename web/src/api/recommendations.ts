// Recommendations with their items, the budget scenarios made from them, and feedback.
import { type QueryClient, queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type { ProjectEvent } from '../../../contract/projects.ts';
import type {
  BudgetScenario,
  ChangedItem,
  CreateRecommendationRequest,
  FeedbackRequest,
  Recommendation,
  RecommendationItem,
  RecommendationSummary,
  SustainabilityMetrics,
  UpdateItemRequest,
  UpdateRecommendationRequest,
} from '../../../contract/recommendations.ts';
import { api, everyPage } from './client.ts';
import { keys } from './keys.ts';

export type RecommendationHeadline = z.infer<typeof RecommendationSummary>;
export type ScenarioType = BudgetScenario['type'];

/** Newest first. */
export function recommendationsQuery(projectId: string) {
  return queryOptions({
    queryKey: keys.recommendations(projectId),
    queryFn: ({ signal }) =>
      everyPage<RecommendationHeadline>(`/projects/${projectId}/recommendations`, signal),
  });
}

/** With the items of `scenario`, else of the selected or the balanced one. */
export function recommendationQuery(id: string, scenario: ScenarioType | null = null) {
  return queryOptions({
    queryKey: keys.recommendation(id, scenario),
    queryFn: ({ signal }) =>
      api.get<Recommendation>(`/recommendations/${id}`, { query: { scenario }, signal }),
  });
}

export function scenariosQuery(projectId: string) {
  return queryOptions({
    queryKey: keys.scenarios(projectId),
    queryFn: ({ signal }) => everyPage<BudgetScenario>(`/projects/${projectId}/budget-scenarios`, signal),
  });
}

/** The same scenarios with their changes measured from another one than the balanced. */
export function scenariosAgainstQuery(projectId: string, against: ScenarioType) {
  return queryOptions({
    queryKey: [...keys.scenarios(projectId), 'against', against],
    queryFn: async ({ signal }) =>
      (
        await api.get<{ items: BudgetScenario[] }>(`/projects/${projectId}/budget-scenarios`, {
          query: { against },
          signal,
        })
      ).items,
  });
}

/** Newest first; one for each scenario that was worked out. */
export function sustainabilityQuery(projectId: string) {
  return queryOptions({
    queryKey: keys.sustainability(projectId),
    queryFn: ({ signal }) =>
      everyPage<SustainabilityMetrics>(`/projects/${projectId}/sustainability`, signal),
  });
}

export interface RecommendationProgress {
  progress_pct: number | null;
  note: string | null;
  /** Milliseconds since 1970; a job that has not spoken for a while is no longer shown. */
  at: number;
}
/** Called by the live stream. */
export function showRecommendationProgress(client: QueryClient, event: ProjectEvent): void {
  client.setQueryData(
    keys.recommendationProgress(event.project_id),
    event.type === 'recommendation.progress'
      ? ({
          progress_pct: event.progress_pct ?? null,
          note: event.note ?? null,
          at: Date.now(),
        } satisfies RecommendationProgress)
      : null,
  );
}
/** What the running job says of itself; null while none runs. */
export function useRecommendationProgress(projectId: string): RecommendationProgress | null {
  const { data } = useQuery<RecommendationProgress | null>({
    queryKey: keys.recommendationProgress(projectId),
    queryFn: () => null,
    enabled: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return data ?? null;
}

/** Everything that follows from a recommendation is stale after a change to it. */
function useRefresh(projectId: string) {
  const client = useQueryClient();
  return () =>
    Promise.all(
      [
        keys.recommendations(projectId),
        keys.allRecommendations,
        keys.scenarios(projectId),
        keys.sustainability(projectId),
        keys.project(projectId),
        keys.arrangements,
      ].map((queryKey) => client.invalidateQueries({ queryKey })),
    );
}

export function useRecommend(projectId: string) {
  const refresh = useRefresh(projectId);
  return useMutation({
    mutationFn: (body: CreateRecommendationRequest) =>
      api.post<Recommendation>(`/projects/${projectId}/recommendations`, { body }),
    onSuccess: refresh,
  });
}

export function useUpdateRecommendation(projectId: string) {
  const refresh = useRefresh(projectId);
  return useMutation({
    mutationFn: ({ id, change }: { id: string; change: z.infer<typeof UpdateRecommendationRequest> }) =>
      api.patch<Recommendation>(`/recommendations/${id}`, { body: change }),
    onSuccess: refresh,
  });
}

export function useUpdateItem(projectId: string) {
  const refresh = useRefresh(projectId);
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ item, change }: { item: RecommendationItem; change: z.infer<typeof UpdateItemRequest> }) =>
      api.patch<ChangedItem>(`/recommendations/${item.recommendation_id}/items/${item.id}`, {
        body: change,
      }),
    // Status and lock show at once; a swap waits for its price.
    onMutate: ({ item, change }) => {
      if (change.product_id || change.quantity) return;
      client.setQueriesData<Recommendation>(
        { queryKey: keys.allRecommendations },
        (data) =>
          data && {
            ...data,
            items: data.items.map((other) =>
              other.id === item.id
                ? { ...other, status: change.status ?? other.status, locked: change.locked ?? other.locked }
                : other,
            ),
          },
      );
    },
    onSettled: refresh,
  });
}

export function useSelectScenario(projectId: string) {
  const refresh = useRefresh(projectId);
  const client = useQueryClient();
  return useMutation({
    mutationFn: (scenario: BudgetScenario) =>
      api.post<BudgetScenario>(`/budget-scenarios/${scenario.id}/select`),
    onMutate: (scenario) => {
      client.setQueryData<BudgetScenario[]>(keys.scenarios(projectId), (list) =>
        list?.map((other) => ({ ...other, is_selected: other.id === scenario.id })),
      );
    },
    onSettled: () => Promise.all([refresh(), client.invalidateQueries({ queryKey: keys.projects })]),
  });
}

export function useFeedback() {
  return useMutation({
    mutationFn: ({ recommendation_id, ...body }: FeedbackRequest & { recommendation_id: string }) =>
      api.post<unknown>(`/recommendations/${recommendation_id}/feedback`, { body }),
  });
}
