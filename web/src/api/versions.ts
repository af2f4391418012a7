// Versions of a project, their differences, and copies.
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type { Project } from '../../../contract/projects.ts';
import type {
  CloneProjectRequest,
  ProjectVersion,
  RestoreVersionReport,
  VersionDiff,
} from '../../../contract/versions.ts';
import { api, everyPage } from './client.ts';
import { keys } from './keys.ts';

export function versionsQuery(projectId: string) {
  return queryOptions({
    queryKey: keys.versions(projectId),
    queryFn: ({ signal }) => everyPage<ProjectVersion>(`/projects/${projectId}/versions`, signal),
  });
}

export function versionDiffQuery(projectId: string, from: number, to: number | 'current') {
  return queryOptions({
    queryKey: keys.versionDiff(projectId, from, to),
    queryFn: ({ signal }) =>
      api.get<VersionDiff>(`/projects/${projectId}/versions/${from}/diff`, { query: { with: to }, signal }),
    // Two versions never change; the project does.
    staleTime: to === 'current' ? 0 : Number.POSITIVE_INFINITY,
  });
}

export function useSaveVersion(projectId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change_summary: string) =>
      api.post<ProjectVersion>(`/projects/${projectId}/versions`, { body: { change_summary } }),
    onSettled: () => client.invalidateQueries({ queryKey: keys.versions(projectId) }),
  });
}

/** Everything of the project may be another afterwards. */
export function useRestoreVersion(projectId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (n: number) => api.post<RestoreVersionReport>(`/projects/${projectId}/versions/${n}/restore`),
    onSuccess: () => client.invalidateQueries(),
  });
}

export function useCloneProject() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: z.input<typeof CloneProjectRequest> & { id: string }) =>
      api.post<Project>(`/projects/${id}/clone`, { body }),
    onSuccess: (project) => {
      client.setQueryData(keys.project(project.id), project);
      return client.invalidateQueries({ queryKey: keys.projects });
    },
  });
}

export function useSetTemplate() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, is_template }: { id: string; is_template: boolean }) =>
      api.put<Project>(`/projects/${id}/template`, { body: { is_template } }),
    onSettled: () => client.invalidateQueries({ queryKey: keys.projects }),
  });
}
