// The platform's administration: what its screens read and the few things they change.
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type {
  AdminJob,
  AdminMigration,
  AdminOrganization,
  AdminOverview,
  AdminStorage,
  AdminUser,
  EventDeadLetter,
  JobListQuery,
  UpdateAdminOrganization,
} from '../../../contract/admin.ts';
import type { ReplayReceipt } from '../../../contract/analytics.ts';
import { api, type Page } from './client.ts';

const KEY = 'admin';
const FRESH_MS = 5_000;

export const overviewQuery = queryOptions({
  queryKey: [KEY, 'overview'] as const,
  queryFn: ({ signal }) => api.get<AdminOverview>('/admin/overview', { signal }),
  refetchInterval: FRESH_MS,
});

function pages<T>(name: string, path: string, filter: Record<string, string | undefined>) {
  return infiniteQueryOptions({
    queryKey: [KEY, name, filter] as const,
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<T>>(path, { query: { ...filter, limit: 50, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
  });
}

export const usersQuery = (filter: { q?: string | undefined; status?: string | undefined }) =>
  pages<AdminUser>('users', '/admin/users', filter);
export const organizationsQuery = (filter: {
  q?: string | undefined;
  unconfirmed_dealers?: string | undefined;
}) => pages<AdminOrganization>('organizations', '/admin/organizations', filter);
export const jobsQuery = (which: JobListQuery['which']) => pages<AdminJob>('jobs', '/admin/jobs', { which });
export const eventDeadLettersQuery = () =>
  pages<EventDeadLetter>('event-dead-letters', '/admin/event-dead-letters', {});

export const migrationsQuery = queryOptions({
  queryKey: [KEY, 'migrations'] as const,
  queryFn: ({ signal }) => api.get<{ items: AdminMigration[] }>('/admin/migrations', { signal }),
});
export const storageQuery = queryOptions({
  queryKey: [KEY, 'storage'] as const,
  queryFn: ({ signal }) => api.get<AdminStorage>('/admin/storage', { signal }),
});

function useAdminChange<Input, Output>(change: (input: Input) => Promise<Output>, names: string[]) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () => Promise.all(names.map((name) => client.invalidateQueries({ queryKey: [KEY, name] }))),
  });
}

export type UserChange = 'suspend' | 'reactivate' | 'end-sessions';
export const useChangeUser = () =>
  useAdminChange(
    ({ id, change }: { id: string; change: UserChange }) =>
      api.post<AdminUser>(`/admin/users/${id}/${change}`),
    ['users', 'overview'],
  );
export const useChangeOrganization = () =>
  useAdminChange(
    ({ id, ...body }: UpdateAdminOrganization & { id: string }) =>
      api.patch<AdminOrganization>(`/admin/organizations/${id}`, { body }),
    ['organizations'],
  );
export const useReplay = () =>
  useAdminChange(
    (id: string) => api.post<{ queue: string }>(`/admin/jobs/dead-letters/${id}/replay`),
    ['jobs', 'overview'],
  );
export const useReplayEvents = () =>
  useAdminChange(
    () => api.post<ReplayReceipt>('/admin/event-dead-letters/replay'),
    ['event-dead-letters', 'overview'],
  );
export const useDiscard = () =>
  useAdminChange((id: string) => api.delete<void>(`/admin/jobs/dead-letters/${id}`), ['jobs', 'overview']);
