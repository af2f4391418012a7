// Exports of a project: files made by a job, with links for people without an account.
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type {
  ApplySifRequest,
  CreateExportRequest,
  Export,
  ExportLink,
  SifDialect,
  SifImport,
} from '../../../contract/exports.ts';
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

/** The bytes of a file that is ready, for looking at it here. */
export async function exportBytes(id: string): Promise<Uint8Array> {
  const answer = await fetch(exportFileUrl(id), { credentials: 'same-origin' });
  if (!answer.ok) throw new Error('The file could not be loaded.');
  return new Uint8Array(await answer.arrayBuffer());
}

// ——— Order files ———

export function sifImportsQuery(projectId: string) {
  return queryOptions({
    queryKey: keys.sifImports(projectId),
    queryFn: async ({ signal }) =>
      (
        await api.get<{ items: SifImport[] }>(`/projects/${projectId}/sif-imports`, {
          query: { limit: 20 },
          signal,
        })
      ).items,
  });
}

export function useReadOrder(projectId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ file, dialect }: { file: File; dialect: SifDialect }) => {
      const form = new FormData();
      form.append('file', file);
      return api.post<SifImport>(`/projects/${projectId}/sif-imports`, { query: { dialect }, form });
    },
    onSettled: () => client.invalidateQueries({ queryKey: keys.sifImports(projectId) }),
  });
}

/** Applying and taking back change the bill: whatever shows it is read anew. */
export function useOrderChange(projectId: string) {
  const client = useQueryClient();
  const onSettled = async () => {
    await Promise.all([
      client.invalidateQueries({ queryKey: keys.sifImports(projectId) }),
      client.invalidateQueries({ queryKey: keys.scenarios(projectId) }),
      client.invalidateQueries({ queryKey: keys.recommendations(projectId) }),
      client.invalidateQueries({ queryKey: keys.allRecommendations }),
    ]);
  };
  const apply = useMutation({
    mutationFn: ({ id, ...body }: { id: string } & ApplySifRequest) =>
      api.post<SifImport>(`/sif-imports/${id}/apply`, { body }),
    onSettled,
  });
  const undo = useMutation({
    mutationFn: (id: string) => api.post<SifImport>(`/sif-imports/${id}/undo`),
    onSettled,
  });
  return { apply, undo };
}
