// Floor plans of a project, their reading, and their rooms.
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type { AnalyzeRequest, FloorPlan, Space, UpdateSpaceRequest } from '../../../contract/floorplans.ts';
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
function upload(projectId: string, { file, onProgress }: Upload): Promise<FloorPlan> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `${API}/projects/${projectId}/floor-plans`);
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
    mutationFn: (input: Upload) => upload(projectId, input),
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

export function useRenameFloor(projectId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, level_name }: { id: string; level_name: string }) =>
      api.patch<FloorPlan>(`/floor-plans/${id}`, { body: { level_name } }),
    onSettled: () => client.invalidateQueries({ queryKey: keys.floorPlans(projectId) }),
  });
}

/** For good: the file, its rooms and what stands in them. */
export function useRemoveFloor(projectId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.delete(`/floor-plans/${id}`),
    onSuccess: (_nothing, id) =>
      client.setQueryData<FloorPlan[]>(keys.floorPlans(projectId), (plans) =>
        plans?.filter((plan) => plan.id !== id),
      ),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: keys.floorPlans(projectId) }),
        client.invalidateQueries({ queryKey: keys.project(projectId) }),
      ]),
  });
}

export type SpaceChange = z.infer<typeof UpdateSpaceRequest>;

/** Changes a room at once on screen, then on the server; puts it back if the server refuses. */
export function useUpdateSpace(floorPlanId: string) {
  const client = useQueryClient();
  const key = keys.spaces(floorPlanId);
  const put = (space: Space) =>
    client.setQueryData<Space[]>(key, (list) =>
      list?.map((other) => (other.id === space.id ? space : other)),
    );
  return useMutation({
    mutationFn: ({ space, change }: { space: Space; change: SpaceChange }) => {
      const current = client.getQueryData<Space[]>(key)?.find((other) => other.id === space.id);
      return api.patch<Space>(`/spaces/${space.id}`, {
        body: change,
        revision: current?.revision ?? space.revision,
      });
    },
    onMutate: async ({ space, change }) => {
      await client.cancelQueries({ queryKey: key });
      const before = client.getQueryData<Space[]>(key);
      // The room as it is now, not as the caller last saw it: its revision may have moved on.
      const current = before?.find((other) => other.id === space.id) ?? space;
      put({ ...current, ...withoutUndefined(change), manually_edited: true });
      return { before };
    },
    onSuccess: put,
    onError: (_error, _input, context) => {
      client.setQueryData(key, context?.before);
      return client.invalidateQueries({ queryKey: key });
    },
  });
}

function withoutUndefined(change: SpaceChange): Partial<Space> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}
