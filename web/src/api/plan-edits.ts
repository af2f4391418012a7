// Corrections of a plan by hand, their history, revised files and what they changed.
import { queryOptions } from '@tanstack/react-query';
import type { PlanDifferences, PlanEdit, PlanEditResult, PlanHistory } from '../../../contract/plan-edits.ts';
import { api } from './client.ts';
import { keys } from './keys.ts';
import { ApiProblem } from './problem.ts';

export function historyQuery(floorPlanId: string) {
  return queryOptions({
    queryKey: [...keys.spaces(floorPlanId), 'history'] as const,
    queryFn: ({ signal }) => api.get<PlanHistory>(`/floor-plans/${floorPlanId}/edits`, { signal }),
  });
}

/** `revision`: the plan's edit revision that was seen; the edit is refused (412) if someone was faster. */
export function sendEdit(floorPlanId: string, edit: PlanEdit, revision?: number): Promise<PlanEditResult> {
  return api.post<PlanEditResult>(`/floor-plans/${floorPlanId}/edits`, { body: edit, revision });
}

export function sendStep(
  floorPlanId: string,
  step: 'undo' | 'redo',
  revision?: number,
): Promise<PlanEditResult> {
  return api.post<PlanEditResult>(`/floor-plans/${floorPlanId}/edits/${step}`, { revision });
}

/** Null before a second reading. */
export function differencesQuery(floorPlanId: string, readAt: string | null) {
  return queryOptions({
    queryKey: ['differences', floorPlanId, readAt] as const,
    queryFn: async ({ signal }): Promise<PlanDifferences | null> => {
      try {
        return await api.get<PlanDifferences>(`/floor-plans/${floorPlanId}/differences`, { signal });
      } catch (error) {
        if (error instanceof ApiProblem && error.status === 404) return null;
        throw error;
      }
    },
    staleTime: 60_000,
  });
}
