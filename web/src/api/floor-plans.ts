// Floor plans of a project, their reading, and their rooms.
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type {
  AnalyzeRequest,
  FloorPlan,
  Space,
  UpdateFloorPlanRequest,
  UpdateSpaceRequest,
} from '../../../contract/floorplans.ts';
import type { PlanDocument } from '../../../contract/plan.ts';
import { API, api, everyPage } from './client.ts';
import { keys } from './keys.ts';
import { ApiProblem, type ProblemDocument } from './problem.ts';

export function floorPlansQuery(projectId: string) {
  return queryOptions({
    queryKey: keys.floorPlans(projectId),
    queryFn: ({ signal }) => everyPage<FloorPlan>(`/projects/${projectId}/floor-plans`, signal),
    // The live stream says more and sooner; this only bridges a stream that broke.
    refetchInterval: (query) => (query.state.data?.some(isWorking) ? 2500 : false),
  });
}
export function isWorking(plan: FloorPlan): boolean {
  return plan.status === 'uploaded' || plan.status === 'processing';
}

export function analysisQuery(floorPlanId: string) {
  return queryOptions({
    queryKey: keys.analysis(floorPlanId),
    queryFn: ({ signal }) => api.get<PlanDocument>(`/floor-plans/${floorPlanId}/analysis`, { signal }),
    staleTime: 5 * 60_000,
  });
}

export function spacesQuery(floorPlanId: string) {
  return queryOptions({
    queryKey: keys.spaces(floorPlanId),
    queryFn: ({ signal }) => everyPage<Space>(`/floor-plans/${floorPlanId}/spaces`, signal),
    staleTime: 60_000,
  });
}

export interface Upload {
  file: File;
  onProgress?: (share: number) => void;
}

/** Sends a file with visible progress (fetch cannot tell how much has gone). */
export function upload(path: string, { file, onProgress }: Upload): Promise<FloorPlan> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `${API}${path}`);
    request.setRequestHeader('Accept', 'application/json');
    request.setRequestHeader('Idempotency-Key', crypto.randomUUID());
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress?.(event.loaded / event.total);
    };
    request.onerror = () =>
      reject(
        new ApiProblem({
          type: 'about:blank',
          title: 'The upload broke off',
          status: 0,
          detail: 'The upload broke off. Check the connection and choose the file again.',
        }),
      );
    request.onload = () => {
      const answer = parse(request.responseText);
      if (request.status < 300) resolve(answer as FloorPlan);
      else
        reject(
          new ApiProblem({
            type: 'about:blank',
            title: 'The file was not accepted',
            status: request.status,
            detail: 'The file was not accepted.',
            ...(answer as Partial<ProblemDocument> | null),
          }),
        );
    };
    const form = new FormData();
    form.append('file', file);
    request.send(form);
  });
}
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export function useUploadFloorPlan(projectId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: Upload) => upload(`/projects/${projectId}/floor-plans`, input),
    onSuccess: (plan) => {
      client.setQueryData<FloorPlan[]>(keys.floorPlans(projectId), (plans = []) => [
        ...plans.filter((other) => other.id !== plan.id),
        plan,
      ]);
      return client.invalidateQueries({ queryKey: keys.project(projectId) });
    },
  });
}

/** Reads the file again, with what the user knows of its scale. */
export function useAnalyze(projectId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, options }: { id: string; options: AnalyzeRequest }) =>
      api.post<FloorPlan>(`/floor-plans/${id}/analysis`, { body: options }),
    onSettled: (_data, _error, { id }) =>
      Promise.all([
        client.invalidateQueries({ queryKey: keys.floorPlans(projectId) }),
        client.invalidateQueries({ queryKey: keys.analysis(id) }),
        client.invalidateQueries({ queryKey: keys.spaces(id) }),
      ]),
  });
}

/** Its name, or its place among the floors. */
export function useUpdateFloor(projectId: string) {
  const client = useQueryClient();
  const key = keys.floorPlans(projectId);
  return useMutation({
    mutationFn: ({ id, change }: { id: string; change: FloorChange }) =>
      api.patch<FloorPlan>(`/floor-plans/${id}`, { body: change }),
    onMutate: async ({ id, change }) => {
      await client.cancelQueries({ queryKey: key });
      client.setQueryData<FloorPlan[]>(key, (plans) => plans && withFloor(plans, id, change));
    },
    onSettled: () => client.invalidateQueries({ queryKey: key }),
  });
}
export type FloorChange = z.infer<typeof UpdateFloorPlanRequest>;

function withFloor(plans: readonly FloorPlan[], id: string, change: FloorChange): FloorPlan[] {
  const changed = plans.find((plan) => plan.id === id);
  if (!changed) return [...plans];
  const others = plans.filter((plan) => plan.id !== id);
  const at = change.level_index ?? plans.indexOf(changed);
  const plan = { ...changed, ...(change.level_name === undefined ? {} : { level_name: change.level_name }) };
  return [...others.slice(0, at), plan, ...others.slice(at)];
}

/** A revised file of the same floor: read anew, its rooms matched with those that are there. */
export function useReviseFloor(projectId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...input }: Upload & { id: string }) => upload(`/floor-plans/${id}/revisions`, input),
    onSettled: () => client.invalidateQueries({ queryKey: keys.floorPlans(projectId) }),
  });
}

/** Ends a reading that is under way; the file and what was read before stay. */
export function useCancelReading(projectId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.post<FloorPlan>(`/floor-plans/${id}/analysis/cancel`),
    onSettled: () => client.invalidateQueries({ queryKey: keys.floorPlans(projectId) }),
  });
}

/** Takes a floor out of the project, or back in: `restore` within the time deleted things are kept. */
export function useRemoveFloor(projectId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, restore = false }: { id: string; restore?: boolean }): Promise<unknown> =>
      restore ? api.post<FloorPlan>(`/floor-plans/${id}/restore`) : api.delete(`/floor-plans/${id}`),
    // At once: the live stream tells of it before the answer is there, and would ask for a floor that is gone.
    onMutate: async ({ id, restore }) => {
      if (restore) return;
      await client.cancelQueries({ queryKey: keys.floorPlans(projectId) });
      client.setQueryData<FloorPlan[]>(keys.floorPlans(projectId), (plans) =>
        plans?.filter((plan) => plan.id !== id),
      );
    },
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: keys.floorPlans(projectId) }),
        client.invalidateQueries({ queryKey: keys.project(projectId) }),
      ]),
  });
}

export type SpaceChange = z.infer<typeof UpdateSpaceRequest>;
