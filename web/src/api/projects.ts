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
import { mergeChange } from '../features/projects/conflict.ts';
import { api, type Page } from './client.ts';
import { askConflict } from './conflicts.ts';
import { keys } from './keys.ts';
import { ApiProblem } from './problem.ts';

export type ProjectFilter = Partial<
  Pick<ProjectListQuery, 'status' | 'q' | 'organization_id' | 'deleted' | 'template'>
>;

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

const TRIES = 5;

type ProjectChange = z.input<typeof UpdateProjectRequest> & {
  /** The project as it was read, where the change is shown before it is sent; what is shown otherwise. */
  base?: Project | undefined;
};

/**
 * PATCH with the revision that was read. Where someone else was faster, what only one of both touched is kept of both,
 * and the person is asked about the rest; dropped, the project is shown as it stands.
 */
export function useUpdateProject(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ base: read, ...change }: ProjectChange) => {
      let base = read ?? client.getQueryData<Project>(keys.project(id));
      let body: Record<string, unknown> = change;
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await api.patch<Project>(`/projects/${id}`, { body, revision: base?.revision });
        } catch (error) {
          const current = staleOf(error);
          if (current === null || base === undefined || attempt === TRIES) throw error;
          const merge = mergeChange(base, body, current);
          const chosen =
            merge.conflicts.length === 0 ? merge.body : await askConflict(merge.body, merge.conflicts);
          if (chosen === null) return current;
          base = current;
          body = chosen;
        }
      }
    },
    onSuccess: (project) => client.setQueryData(keys.project(id), project),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: keys.project(id) }),
        client.invalidateQueries({ queryKey: keys.projects }),
      ]),
  });
}

/** The project as it stands, where that is why a change was refused. */
function staleOf(error: unknown): (Project & Record<string, unknown>) | null {
  const stale = error instanceof ApiProblem && error.status === 412 && typeof error.current === 'object';
  return stale ? (error.current as Project & Record<string, unknown>) : null;
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
