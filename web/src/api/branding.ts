// How an organization's files look.
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { OrganizationBranding, UpdateBrandingRequest } from '../../../contract/branding.ts';
import { api } from './client.ts';
import { keys } from './keys.ts';

export function brandingQuery(organizationId: string) {
  return queryOptions({
    queryKey: keys.branding(organizationId),
    queryFn: ({ signal }) =>
      api.get<OrganizationBranding>(`/organizations/${organizationId}/branding`, { signal }),
  });
}

export function useSaveBranding(organizationId: string) {
  const client = useQueryClient();
  const onSuccess = (saved: OrganizationBranding) =>
    client.setQueryData(keys.branding(organizationId), saved);
  const base = `/organizations/${organizationId}/branding`;
  const save = useMutation({
    mutationFn: (body: UpdateBrandingRequest) => api.patch<OrganizationBranding>(base, { body }),
    onSuccess,
  });
  const logo = useMutation({
    mutationFn: (file: File) => {
      const form = new FormData();
      form.append('file', file);
      return api.post<OrganizationBranding>(`${base}/logo`, { form });
    },
    onSuccess,
  });
  const withoutLogo = useMutation({
    mutationFn: () => api.delete<OrganizationBranding>(`${base}/logo`),
    onSuccess,
  });
  return { save, logo, withoutLogo };
}
