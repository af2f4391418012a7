// Exports of a project: files made by a job, with links for people without an account.
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type { CreateExportRequest, Export, ExportLink } from '../../../contract/exports.ts';
import { API, api } from './client.ts';
import { keys } from './keys.ts';

export type ExportRequest = z.input<typeof CreateExportRequest>;
const LOOK_AGAIN_MS = 2000;

/** The newest fifty. While one is being made it is also looked for, should the live stream be lost. */
export function exportsQuery(projectId: string) {
  return queryOptions({
    queryKey: keys.exports(projectId),
    queryFn: async ({ signal }) =>
      (await api.get<{ items: Export[] }>(`/projects/${projectId}/exports`, { query: { limit: 50 }, signal }))
        .items,
    refetchInterval: ({ state }) =>
      state.data?.some((one) => one.status === 'queued' || one.status === 'running') ? LOOK_AGAIN_MS : false,
  });
}

export function exportFileUrl(id: string): string {
  return `${API}/exports/${id}/file`;
}

export function useExport(projectId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: ExportRequest) => api.post<Export>(`/projects/${projectId}/exports`, { body }),
    onSuccess: (made) =>
      client.setQueryData<Export[]>(keys.exports(projectId), (list) => [made, ...(list ?? [])]),
  });
}

export function useRemoveExport(projectId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.delete(`/exports/${id}`),
    onSettled: () => client.invalidateQueries({ queryKey: keys.exports(projectId) }),
  });
}

export function useExportLink() {
  return useMutation({
    mutationFn: ({ id, hours }: { id: string; hours: number }) =>
      api.post<z.infer<typeof ExportLink>>(`/exports/${id}/links`, { body: { hours } }),
  });
}
