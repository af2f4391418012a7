// Projects: the list, one, and what changes them.
import {
  type InfiniteData,
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import type { z } from 'zod';
import type {
  CreateProjectRequest,
  Project,
  ProjectListItem,
  ProjectListQuery,
  UpdateProjectRequest,
} from '../../../contract/projects.ts';
import { api, type Page } from './client.ts';
import { keys } from './keys.ts';

export type ProjectFilter = Partial<Pick<ProjectListQuery, 'status' | 'q' | 'organization_id' | 'deleted'>>;

export function projectListQuery(filter: ProjectFilter) {
  return infiniteQueryOptions({
    queryKey: keys.projectList(filter),
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<ProjectListItem>>('/projects', {
        query: { ...filter, limit: 100, cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
  });
}

export function projectQuery(id: string) {
  return queryOptions({
    queryKey: keys.project(id),
    // Without an abort signal: the route waits for this answer, and a view that unmounts must not cancel it.
    queryFn: () => api.get<Project>(`/projects/${id}`),
  });
}

export function useCreateProject() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: z.input<typeof CreateProjectRequest>) => api.post<Project>('/projects', { body }),
    onSuccess: (project) => {
      client.setQueryData(keys.project(project.id), project);
      return client.invalidateQueries({ queryKey: keys.projects });
    },
  });
}

/** PATCH with the revision that was read. Throws ApiProblem 412 if someone else was faster. */
export function useUpdateProject(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: z.input<typeof UpdateProjectRequest>) => {
      const revision = client.getQueryData<Project>(keys.project(id))?.revision;
      return api.patch<Project>(`/projects/${id}`, { body, revision });
    },
    onSuccess: (project) => client.setQueryData(keys.project(id), project),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: keys.project(id) }),
        client.invalidateQueries({ queryKey: keys.projects }),
      ]),
  });
}

function withoutProject(data: InfiniteData<Page<ProjectListItem>> | undefined, id: string) {
  return (
    data && {
      ...data,
      pages: data.pages.map((page) => ({ ...page, items: page.items.filter((item) => item.id !== id) })),
    }
  );
}

/** Removes the row at once; the caller offers undo with useRestoreProject. */
export function useDeleteProject() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.delete(`/projects/${id}`),
    onMutate: (id) => {
      client.setQueriesData<InfiniteData<Page<ProjectListItem>>>({ queryKey: keys.projects }, (data) =>
        withoutProject(data, id),
      );
    },
    onSettled: () => client.invalidateQueries({ queryKey: keys.projects }),
  });
}
export function useRestoreProject() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.post<unknown>(`/projects/${id}/restore`),
    onSettled: (_data, _error, id) =>
      Promise.all([
        client.invalidateQueries({ queryKey: keys.projects }),
        client.invalidateQueries({ queryKey: keys.project(id) }),
      ]),
  });
}
