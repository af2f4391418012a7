// Pictures of the 3D view kept with a project, and the models the 3D views are made from.
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { ModelLink, Render } from '../../../contract/renders.ts';
import { api, type Page, path } from './client.ts';
import { keys } from './keys.ts';
import { ApiProblem } from './problem.ts';
import type { ScenarioType } from './recommendations.ts';

/** The bytes of a .glb; the browser's cache asks with the ETag. */
async function model(address: string, signal: AbortSignal): Promise<ArrayBuffer> {
  const response = await fetch(address, { credentials: 'same-origin', signal });
  if (response.ok) return await response.arrayBuffer();
  const problem = (await response.json().catch(() => null)) as { detail?: string; title?: string } | null;
  throw new ApiProblem({
    type: 'about:blank',
    title: problem?.title ?? 'The model could not be loaded',
    status: response.status,
    detail: problem?.detail ?? 'The server could not answer. Try again in a moment.',
  });
}

/** `version` is whatever the model follows from: a new value asks for it again. */
export function floorModelQuery(floorPlanId: string, scenario: ScenarioType | null, version: string) {
  return queryOptions({
    queryKey: keys.floorModel(floorPlanId, scenario, version),
    queryFn: ({ signal }) => model(path(`/floor-plans/${floorPlanId}/model.glb`, { scenario }), signal),
    placeholderData: (before) => before,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  });
}

export function productModelQuery(productId: string) {
  return queryOptions({
    queryKey: keys.productPart(productId, 'model'),
    queryFn: ({ signal }) => model(path(`/products/${productId}/model.glb`), signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  });
}
export const productModelAddress = (productId: string) => path(`/products/${productId}/model.glb`);

/** For phones: an address that works without the sign-in for a quarter of an hour. */
export function modelLinkQuery(productId: string) {
  return queryOptions({
    queryKey: keys.productPart(productId, 'model-link'),
    queryFn: () => api.post<ModelLink>(`/products/${productId}/model-links`),
    staleTime: 10 * 60_000,
    refetchInterval: 10 * 60_000,
  });
}

export function rendersQuery(projectId: string) {
  return infiniteQueryOptions({
    queryKey: keys.renders(projectId),
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<Render>>(`/projects/${projectId}/renders`, {
        query: { limit: 24, cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
  });
}

export interface PictureToSave {
  name: string;
  picture: Blob;
  floor_plan_id: string;
  scenario_id: string | null;
}
export function useSaveRender(projectId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ picture, ...query }: PictureToSave) => {
      const form = new FormData();
      form.append('file', picture, picture.type === 'image/png' ? 'view.png' : 'view.jpg');
      return api.post<Render>(`/projects/${projectId}/renders`, { form, query: { ...query } });
    },
    onSuccess: () => client.invalidateQueries({ queryKey: keys.renders(projectId) }),
  });
}

export function useDeleteRender(projectId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.delete(`/renders/${id}`),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.renders(projectId) }),
  });
}
