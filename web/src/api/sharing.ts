// Share links, for people on a project and for those who come through one.
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import {
  type CreatedShareLink,
  type CreateShareLinkRequest,
  type DecideRequest,
  SHARE_GRANT_HEADER,
  type ShareDecision,
  type SharedCommentRequest,
  type SharedProject,
  type ShareLink,
  type Unlocked,
} from '../../../contract/sharing.ts';
import { API, api, everyPage } from './client.ts';
import { keys } from './keys.ts';

export function shareLinksQuery(projectId: string) {
  return queryOptions({
    queryKey: keys.shareLinks(projectId),
    queryFn: ({ signal }) => everyPage<ShareLink>(`/projects/${projectId}/share-links`, signal),
  });
}

export function decisionsQuery(projectId: string) {
  return queryOptions({
    queryKey: keys.decisions(projectId),
    queryFn: ({ signal }) => everyPage<ShareDecision>(`/projects/${projectId}/decisions`, signal),
  });
}

export function useCreateShareLink(projectId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: z.input<typeof CreateShareLinkRequest>) =>
      api.post<CreatedShareLink>(`/projects/${projectId}/share-links`, { body }),
    onSettled: () => client.invalidateQueries({ queryKey: keys.shareLinks(projectId) }),
  });
}

export function useRevokeShareLink(projectId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.delete(`/share-links/${id}`),
    onSettled: () => client.invalidateQueries({ queryKey: keys.shareLinks(projectId) }),
  });
}

// ---- through a link ----

/** What a password opened, for this visit of the browser. */
function grantOf(token: string): Record<string, string> {
  const grant = sessionStorage.getItem(`share:${token}`);
  return grant === null ? {} : { [SHARE_GRANT_HEADER]: grant };
}

export function sharedQuery(token: string) {
  return queryOptions({
    queryKey: keys.shared(token),
    queryFn: ({ signal }) => api.get<SharedProject>(`/shared/${token}`, { headers: grantOf(token), signal }),
    retry: false,
    refetchOnWindowFocus: false,
  });
}

export function useUnlock(token: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (password: string) =>
      api.post<z.infer<typeof Unlocked>>(`/shared/${token}/unlock`, { body: { password } }),
    onSuccess: ({ grant }) => {
      sessionStorage.setItem(`share:${token}`, grant);
      return client.resetQueries({ queryKey: keys.shared(token) });
    },
  });
}

export function useSharedComment(token: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: z.input<typeof SharedCommentRequest>) =>
      api.post(`/shared/${token}/comments`, { body, headers: grantOf(token) }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.shared(token) }),
  });
}

export function useDecide(token: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: z.input<typeof DecideRequest>) =>
      api.post<unknown>(`/shared/${token}/decision`, { body, headers: grantOf(token) }),
    onSettled: () => client.invalidateQueries({ queryKey: keys.shared(token) }),
  });
}

/** The file as the browser saves it; a link with a password needs its grant, which an address cannot carry. */
export async function downloadShared(token: string, id: string): Promise<Blob> {
  const answer = await fetch(`${API}/shared/${token}/files/${id}`, { headers: grantOf(token) });
  if (!answer.ok) throw new Error('The file could not be downloaded. Open the link again and retry.');
  return await answer.blob();
}
