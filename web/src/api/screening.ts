// The screening of a floor and the answers people give to it.
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type { FloorPlan } from '../../../contract/floorplans.ts';
import type { Screening, UpdateScreeningAnswers } from '../../../contract/screening.ts';
import { api } from './client.ts';
import { keys } from './keys.ts';

type Subject = Pick<FloorPlan, 'id' | 'edit_revision' | 'updated_at'>;

/** Every correction and every answer makes a new one; the last one stays on screen until it comes. */
export function screeningQuery({ id, edit_revision, updated_at }: Subject) {
  return queryOptions({
    queryKey: [...keys.screening(id), edit_revision, updated_at],
    queryFn: ({ signal }) => api.get<Screening>(`/floor-plans/${id}/screening`, { signal }),
    staleTime: 5 * 60_000,
    placeholderData: keepPreviousData,
    retry: false,
  });
}

export function useAnswerScreening(plan: Subject, projectId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: z.infer<typeof UpdateScreeningAnswers>) =>
      api.patch<Screening>(`/floor-plans/${plan.id}/screening/answers`, { body: change }),
    onSuccess: (screening) => {
      client.setQueriesData({ queryKey: keys.screening(plan.id) }, screening);
      void client.invalidateQueries({ queryKey: keys.floorPlans(projectId) });
    },
  });
}
