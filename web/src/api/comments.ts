// Comments of a project: every thread at once (they are short by nature), counted by room and line.
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type {
  CommentThread,
  CreateCommentRequest,
  ProjectPerson,
  UpdateCommentRequest,
} from '../../../contract/comments.ts';
import { api, everyPage } from './client.ts';
import { keys } from './keys.ts';

export function commentsQuery(projectId: string) {
  return queryOptions({
    queryKey: keys.comments(projectId),
    queryFn: ({ signal }) => everyPage<CommentThread>(`/projects/${projectId}/comments`, signal),
  });
}

export function peopleQuery(projectId: string) {
  return queryOptions({
    queryKey: keys.people(projectId),
    queryFn: async ({ signal }) =>
      (await api.get<{ items: ProjectPerson[] }>(`/projects/${projectId}/people`, { signal })).items,
    staleTime: 300_000,
  });
}

function useThreads(projectId: string) {
  const client = useQueryClient();
  const key = keys.comments(projectId);
  return {
    put: (thread: CommentThread) =>
      client.setQueryData<CommentThread[]>(key, (threads) =>
        threads?.some(({ id }) => id === thread.id)
          ? threads.map((one) => (one.id === thread.id ? thread : one))
          : [thread, ...(threads ?? [])],
      ),
    refresh: () => client.invalidateQueries({ queryKey: key }),
  };
}

export function useComment(projectId: string) {
  const { put, refresh } = useThreads(projectId);
  return useMutation({
    mutationFn: (body: z.input<typeof CreateCommentRequest>) =>
      api.post<CommentThread>(`/projects/${projectId}/comments`, { body }),
    onSuccess: put,
    onSettled: refresh,
  });
}

export function useUpdateComment(projectId: string) {
  const { put, refresh } = useThreads(projectId);
  return useMutation({
    mutationFn: ({ id, ...body }: z.input<typeof UpdateCommentRequest> & { id: string }) =>
      api.patch<CommentThread>(`/comments/${id}`, { body }),
    onSuccess: put,
    onSettled: refresh,
  });
}

export function useDeleteComment(projectId: string) {
  const { refresh } = useThreads(projectId);
  return useMutation({
    mutationFn: (id: string) => api.delete(`/comments/${id}`),
    onSettled: refresh,
  });
}
