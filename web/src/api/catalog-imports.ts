// Imports of catalogue files as they go: the file with its columns, a look at its rows, the job, the report.
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type {
  CatalogImport,
  CatalogImportWithPreview,
  ImportPreview,
  ImportTarget,
  StartImportRequest,
} from '../../../contract/catalog-imports.ts';
import { api, type Page, path } from './client.ts';

const IMPORTS = ['catalog-imports'] as const;
const LOOK_EVERY_MS = 700;

const isRunning = (one: CatalogImport | undefined) => one?.status === 'queued' || one?.status === 'running';

export function catalogImportQuery(id: string) {
  return queryOptions({
    queryKey: [...IMPORTS, id],
    queryFn: ({ signal }) => api.get<CatalogImportWithPreview>(`/catalog/imports/${id}`, { signal }),
    refetchInterval: (query) => (isRunning(query.state.data) ? LOOK_EVERY_MS : false),
  });
}

/** The latest ones. */
export function catalogImportsQuery() {
  return queryOptions({
    queryKey: IMPORTS,
    queryFn: ({ signal }) =>
      api.get<Page<CatalogImport>>('/catalog/imports', { query: { limit: 10 }, signal }),
  });
}

export function importTargetsQuery() {
  return queryOptions({
    queryKey: ['catalog-import-targets'],
    queryFn: ({ signal }) => api.get<Page<ImportTarget>>('/catalog/import-targets', { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useUploadCatalogFile() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (file: File) => {
      const form = new FormData();
      form.append('file', file);
      return api.post<CatalogImportWithPreview>('/catalog/imports', { query: { preview: 'true' }, form });
    },
    onSuccess: (made) => client.setQueryData([...IMPORTS, made.id], made),
  });
}

/** The same file with other columns. */
export function usePreviewImport(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (mapping: Record<string, string>) =>
      api.post<ImportPreview>(`/catalog/imports/${id}/preview`, { body: { mapping } }),
    onSuccess: (preview) =>
      client.setQueryData<CatalogImportWithPreview>(
        [...IMPORTS, id],
        (before) => before && { ...before, preview },
      ),
  });
}

export function useStartImport(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: StartImportRequest) =>
      api.post<CatalogImportWithPreview>(`/catalog/imports/${id}/start`, { body }),
    onSuccess: (after) => client.setQueryData([...IMPORTS, id], after),
  });
}

export function useCancelImport(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.post<CatalogImportWithPreview>(`/catalog/imports/${id}/cancel`),
    onSuccess: (after) => client.setQueryData([...IMPORTS, id], after),
  });
}

export const rejectedCsvAddress = (id: string) => path(`/catalog/imports/${id}/rejected.csv`);
