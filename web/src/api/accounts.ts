// Who is signed in, and everything that changes it.
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import type { z } from 'zod';
import type {
  LoginRequest,
  Me,
  Preferences,
  RegisterRequest,
  ResetPasswordRequest,
  UpdateMeRequest,
  User,
} from '../../../contract/accounts.ts';
import { api } from './client.ts';
import { keys } from './keys.ts';
import { ApiProblem } from './problem.ts';

export interface Providers {
  google?: boolean;
  microsoft?: boolean;
  demo?: { email: string; password: string } | null;
}

/** Null while nobody is signed in. */
export const meQuery = queryOptions({
  queryKey: keys.me,
  staleTime: 5 * 60_000,
  // Without an abort signal: routes wait for this answer, and a view that unmounts meanwhile must not cancel it.
  queryFn: async (): Promise<Me | null> => {
    try {
      return await api.get<Me>('/auth/me');
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 401) return null;
      throw error;
    }
  },
});

/**
 * The signed-in person; only inside pages that require one. Between signing out and leaving the page it is still the
 * one who was here.
 */
export function useMe(): Me {
  const { data } = useQuery(meQuery);
  const last = useRef<Me | null>(null);
  if (data) last.current = data;
  if (!last.current) throw new Error('Nobody is signed in.');
  return last.current;
}

export function useProviders() {
  return useQuery({
    queryKey: keys.providers,
    queryFn: ({ signal }) => api.get<Providers>('/auth/providers', { signal }),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** After signing in or registering, everything is read afresh. */
function useEntrance<Request>(base: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Request) => api.post<unknown>(base, { body }),
    onSuccess: async () => {
      client.clear();
      await client.fetchQuery(meQuery);
    },
  });
}
export const useLogin = () => useEntrance<z.input<typeof LoginRequest>>('/auth/login');
export const useRegister = () => useEntrance<z.input<typeof RegisterRequest>>('/auth/register');

export function useLogout() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.post<void>('/auth/logout'),
    onSuccess: () => {
      client.clear();
      client.setQueryData(keys.me, null);
    },
  });
}

export function useForgotPassword() {
  return useMutation({
    mutationFn: (email: string) => api.post<unknown>('/auth/forgot-password', { body: { email } }),
  });
}
export function useResetPassword() {
  return useMutation({
    mutationFn: (body: z.infer<typeof ResetPasswordRequest>) =>
      api.post<unknown>('/auth/reset-password', { body }),
  });
}

export function useVerifyEmail() {
  return useMutation({
    mutationFn: (token: string) => api.post<unknown>('/auth/verify-email', { body: { token } }),
  });
}

/** Opens an account's link from a letter: moves it to a new address, or takes that back. */
export function useAccountLink(what: 'confirm-email' | 'restore-email') {
  return useMutation({ mutationFn: (token: string) => api.post<void>(`/auth/${what}`, { body: { token } }) });
}

/** Changes preferences at once on screen and then on the server. */
export function useSetPreferences() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (preferences: z.infer<typeof Preferences>) => {
      const current = client.getQueryData<Me | null>(keys.me)?.user.preferences ?? {};
      const body: UpdateMeRequest = { preferences: { ...current, ...preferences } };
      return api.patch<Me | User>('/auth/me', { body });
    },
    onMutate: (preferences) => {
      const before = client.getQueryData<Me | null>(keys.me);
      client.setQueryData<Me | null>(keys.me, (me) =>
        me ? { ...me, user: { ...me.user, preferences: { ...me.user.preferences, ...preferences } } } : me,
      );
      return { before };
    },
    onError: (_error, _preferences, context) => client.setQueryData(keys.me, context?.before),
  });
}

/** Changes what the account says about the person. */
export function useUpdateMe() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: UpdateMeRequest) => api.patch<Me | User>('/auth/me', { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.me }),
  });
}
