// What protects one's own account: ways to sign in, sessions, API tokens, security events; and for administrators the
// platform's events and the mailbox.
import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import type { z } from 'zod';
import type {
  ApiToken,
  AuditEvent,
  ChangeEmailRequest,
  ChangePasswordRequest,
  CloseAccountRequest,
  CreateApiTokenRequest,
  CreatedApiToken,
  MailboxItem,
  MailboxMessage,
  Session,
  SignInMethods,
  SignInProvider,
} from '../../../contract/accounts.ts';
import { api, everyPage, type Page } from './client.ts';
import { keys } from './keys.ts';

const KEYS = {
  methods: ['sign-in-methods'] as const,
  sessions: ['sessions'] as const,
  tokens: ['api-tokens'] as const,
  mailbox: ['mailbox'] as const,
};

export const signInMethodsQuery = queryOptions({
  queryKey: KEYS.methods,
  queryFn: ({ signal }) => api.get<SignInMethods>('/auth/methods', { signal }),
});
export const sessionsQuery = queryOptions({
  queryKey: KEYS.sessions,
  queryFn: ({ signal }) => everyPage<z.infer<typeof Session>>('/auth/sessions', signal),
});
export const apiTokensQuery = queryOptions({
  queryKey: KEYS.tokens,
  queryFn: ({ signal }) => everyPage<z.infer<typeof ApiToken>>('/api-tokens', signal),
});

/** A change that makes one list stale. */
function useChange<Body, Answer = void>(key: readonly string[], change: (body: Body) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: change, onSuccess: () => client.invalidateQueries({ queryKey: key }) });
}

export const useChangePassword = () =>
  useChange(KEYS.methods, (body: z.input<typeof ChangePasswordRequest>) =>
    api.post<void>('/auth/change-password', { body }),
  );
export const useChangeEmail = () =>
  useChange(keys.me, (body: z.input<typeof ChangeEmailRequest>) =>
    api.post<unknown>('/auth/change-email', { body }),
  );
export const useResendVerification = () =>
  useChange(keys.me, (_: undefined) => api.post<unknown>('/auth/resend-verification'));
export const useUnlink = () =>
  useChange(KEYS.methods, ({ provider, ...body }: { provider: SignInProvider; password?: string }) =>
    api.post<void>(`/auth/${provider}/unlink`, { body }),
  );
export const useEndSession = () =>
  useChange(KEYS.sessions, (id: string) => api.delete(`/auth/sessions/${id}`));
export const useEndOtherSessions = () =>
  useChange(KEYS.sessions, (_: undefined) => api.post<{ ended: number }>('/auth/sessions/end-others'));
export const useCreateApiToken = () =>
  useChange(KEYS.tokens, (body: z.input<typeof CreateApiTokenRequest>) =>
    api.post<z.infer<typeof CreatedApiToken>>('/api-tokens', { body }),
  );
export const useRevokeApiToken = () =>
  useChange(KEYS.tokens, (id: string) => api.delete(`/api-tokens/${id}`));

/** Ends the session too: the caller leaves for the sign-in page. */
export function useCloseAccount() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: z.input<typeof CloseAccountRequest>) =>
      api.post<{ due_at: string | null }>('/auth/close-account', { body }),
    onSuccess: () => {
      client.clear();
      client.setQueryData(keys.me, null);
    },
  });
}

export interface AuditFilter {
  action?: string | undefined;
  from?: string | undefined;
}
/** `base`: /auth, /organizations/:id or /admin. */
export const auditQuery = (base: string, filter: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: ['audit-log', base, filter] as const,
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<AuditEvent>>(`${base}/audit-log`, {
        query: { ...filter, limit: 50, cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
  });

export const mailboxQuery = queryOptions({
  queryKey: KEYS.mailbox,
  queryFn: async ({ signal }) =>
    (await api.get<Page<z.infer<typeof MailboxItem>>>('/admin/mailbox', { query: { limit: 100 }, signal }))
      .items,
  refetchInterval: 10_000,
});
export const mailQuery = (id: string) =>
  queryOptions({
    queryKey: [...KEYS.mailbox, id] as const,
    queryFn: ({ signal }) => api.get<z.infer<typeof MailboxMessage>>(`/admin/mailbox/${id}`, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
