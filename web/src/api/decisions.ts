// Decisions beyond single items: rooms at once, arrangements, undoing, terms of trade, assumptions.
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type {
  AddItemRequest,
  ArrangedScenario,
  ArrangementChoices,
  ArrangeRequest,
  BudgetScenario,
  BulkRequest,
  BulkResult,
  ChangedItem,
  CreditSwaps,
  Recommendation,
  UpdateScenarioRequest,
} from '../../../contract/recommendations.ts';
import type {
  BuyTerms,
  KitRuleUpdate,
  PlanningSettings,
  PlanningStandards,
  ProjectTerms,
  ProjectTermsChange,
} from '../../../contract/terms.ts';
import { api } from './client.ts';
import { keys } from './keys.ts';

export function useRefreshDecisions(projectId: string) {
  const client = useQueryClient();
  return () =>
    Promise.all(
      [
        keys.recommendations(projectId),
        keys.allRecommendations,
        keys.scenarios(projectId),
        keys.sustainability(projectId),
        keys.project(projectId),
        keys.terms(projectId),
        keys.arrangements,
      ].map((queryKey) => client.invalidateQueries({ queryKey })),
    );
}

export function useBulk(projectId: string) {
  const refresh = useRefreshDecisions(projectId);
  return useMutation({
    mutationFn: ({ id, ...body }: BulkRequest & { id: string }) =>
      api.post<BulkResult>(`/recommendations/${id}/bulk`, { body }),
    onSettled: refresh,
  });
}

export function useUndoChange(projectId: string) {
  const refresh = useRefreshDecisions(projectId);
  return useMutation({
    mutationFn: ({ id, change_id }: { id: string; change_id: string }) =>
      api.post<{ label: string }>(`/recommendations/${id}/changes/${change_id}/undo`),
    onSettled: refresh,
  });
}

export function useReprice(projectId: string) {
  const refresh = useRefreshDecisions(projectId);
  return useMutation({
    mutationFn: (id: string) => api.post<Recommendation>(`/recommendations/${id}/reprice`),
    onSettled: refresh,
  });
}

export function creditSwapsQuery(scenarioId: string, ruleId: string) {
  return queryOptions({
    queryKey: [...keys.arrangements, 'credit', scenarioId, ruleId] as const,
    queryFn: ({ signal }) =>
      api.get<CreditSwaps>(`/budget-scenarios/${scenarioId}/credits/${ruleId}/swaps`, { signal }),
  });
}

export function arrangementsQuery(scenarioId: string, spaceId: string | null) {
  return queryOptions({
    queryKey: [...keys.arrangements, scenarioId, spaceId] as const,
    queryFn: ({ signal }) =>
      api.get<ArrangementChoices>(`/budget-scenarios/${scenarioId}/arrangements`, {
        query: { space_id: spaceId },
        signal,
      }),
  });
}

export function useArrange(projectId: string) {
  const refresh = useRefreshDecisions(projectId);
  return useMutation({
    mutationFn: ({ scenario_id, ...body }: ArrangeRequest & { scenario_id: string }) =>
      api.post<ArrangedScenario>(`/budget-scenarios/${scenario_id}/arrangement`, { body }),
    onSettled: refresh,
  });
}

export function useUpdateScenario(projectId: string) {
  const refresh = useRefreshDecisions(projectId);
  return useMutation({
    mutationFn: ({ id, change }: { id: string; change: UpdateScenarioRequest }) =>
      api.patch<BudgetScenario>(`/budget-scenarios/${id}`, { body: change }),
    onSettled: refresh,
  });
}

export function termsQuery(projectId: string) {
  return queryOptions({
    queryKey: keys.terms(projectId),
    queryFn: ({ signal }) => api.get<ProjectTerms>(`/projects/${projectId}/terms`, { signal }),
  });
}

export function useSaveTerms(projectId: string) {
  const refresh = useRefreshDecisions(projectId);
  return useMutation({
    mutationFn: (change: ProjectTermsChange) =>
      api.patch<ProjectTerms>(`/projects/${projectId}/terms`, { body: change }),
    onSettled: refresh,
  });
}

// ——— An organization's own terms and standards ———

export function planningQuery(organizationId: string) {
  return queryOptions({
    queryKey: keys.planning(organizationId, 'terms'),
    queryFn: ({ signal }) =>
      api.get<PlanningSettings>(`/organizations/${organizationId}/planning`, { signal }),
  });
}

/** Parts that are given replace what was stored. */
export function useSavePlanning(organizationId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: PlanningSettings) =>
      api.patch<PlanningSettings>(`/organizations/${organizationId}/planning`, { body: change }),
    onSuccess: (saved) => {
      client.setQueryData(keys.planning(organizationId, 'terms'), saved);
      return client.invalidateQueries({ queryKey: keys.planning(organizationId, 'standards') });
    },
  });
}

export function buyTermsQuery(organizationId: string) {
  return queryOptions({
    queryKey: keys.planning(organizationId, 'buy'),
    queryFn: ({ signal }) => api.get<BuyTerms>(`/organizations/${organizationId}/buy-terms`, { signal }),
  });
}

export function useSaveBuyTerms(organizationId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: BuyTerms) =>
      api.patch<BuyTerms>(`/organizations/${organizationId}/buy-terms`, { body: change }),
    onSuccess: (saved) => client.setQueryData(keys.planning(organizationId, 'buy'), saved),
  });
}

export function standardsQuery(organizationId: string) {
  return queryOptions({
    queryKey: keys.planning(organizationId, 'standards'),
    queryFn: ({ signal }) =>
      api.get<PlanningStandards>(`/organizations/${organizationId}/standards`, { signal }),
  });
}

/** Without `update` the row is as built in again. */
export function useSaveRule(organizationId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, update }: { id: string; update: KitRuleUpdate | null }) => {
      const path = `/organizations/${organizationId}/standards/rules/${encodeURIComponent(id)}`;
      return update === null
        ? api.delete<PlanningStandards>(path)
        : api.patch<PlanningStandards>(path, { body: update });
    },
    onSuccess: (saved) => {
      client.setQueryData(keys.planning(organizationId, 'standards'), saved);
      return client.invalidateQueries({ queryKey: keys.planning(organizationId, 'terms') });
    },
  });
}

export function useAddItem(projectId: string) {
  const refresh = useRefreshDecisions(projectId);
  return useMutation({
    mutationFn: ({ id, ...body }: AddItemRequest & { id: string }) =>
      api.post<ChangedItem>(`/recommendations/${id}/items`, { body }),
    onSettled: refresh,
  });
}
