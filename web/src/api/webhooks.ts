// Webhooks of an organization and the log of what was sent.
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type {
  CreatedWebhook,
  CreateWebhookRequest,
  ReplayAnswer,
  UpdateWebhookRequest,
  Webhook,
  WebhookDelivery,
  WebhookDeliveryDetail,
} from '../../../contract/webhooks.ts';
import { api, everyPage } from './client.ts';
import { keys } from './keys.ts';

const LOOK_AGAIN_MS = 2000;

export function webhooksQuery(organizationId: string) {
  return queryOptions({
    queryKey: keys.webhooks(organizationId),
    queryFn: ({ signal }) => everyPage<Webhook>(`/organizations/${organizationId}/webhooks`, signal),
  });
}

/** The newest thirty; looked at again while something waits. */
export function deliveriesQuery(webhookId: string) {
  return queryOptions({
    queryKey: keys.webhookDeliveries(webhookId),
    queryFn: async ({ signal }) =>
      (
        await api.get<{ items: WebhookDelivery[] }>(`/webhooks/${webhookId}/deliveries`, {
          query: { limit: 30 },
          signal,
        })
      ).items,
    refetchInterval: ({ state }) =>
      state.data?.some((one) => one.status === 'waiting') ? LOOK_AGAIN_MS : false,
  });
}

export function deliveryQuery(id: string) {
  return queryOptions({
    queryKey: keys.webhookDelivery(id),
    queryFn: ({ signal }) => api.get<WebhookDeliveryDetail>(`/webhook-deliveries/${id}`, { signal }),
  });
}

export function useAddWebhook(organizationId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: z.input<typeof CreateWebhookRequest>) =>
      api.post<CreatedWebhook>(`/organizations/${organizationId}/webhooks`, { body }),
    onSettled: () => client.invalidateQueries({ queryKey: keys.webhooks(organizationId) }),
  });
}

export function useChangeWebhook({ id, organization_id }: Webhook) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: z.infer<typeof UpdateWebhookRequest>) =>
      api.patch<Webhook>(`/webhooks/${id}`, { body }),
    onSettled: () => client.invalidateQueries({ queryKey: keys.webhooks(organization_id) }),
  });
}

export function useRemoveWebhook({ id, organization_id }: Webhook) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.delete(`/webhooks/${id}`),
    onSettled: () => client.invalidateQueries({ queryKey: keys.webhooks(organization_id) }),
  });
}

export function useRotateSecret({ id, organization_id }: Webhook) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.post<CreatedWebhook>(`/webhooks/${id}/rotate`),
    onSettled: () => client.invalidateQueries({ queryKey: keys.webhooks(organization_id) }),
  });
}

/** Pings and replays: all of them put something into the log. */
export function useSend(webhookId: string) {
  const client = useQueryClient();
  const onSettled = () => client.invalidateQueries({ queryKey: keys.webhookDeliveries(webhookId) });
  const ping = useMutation({
    mutationFn: () => api.post<WebhookDelivery>(`/webhooks/${webhookId}/ping`),
    onSettled,
  });
  const again = useMutation({
    mutationFn: (id: string) => api.post<WebhookDelivery>(`/webhook-deliveries/${id}/replay`),
    onSettled,
  });
  const since = useMutation({
    mutationFn: (time: string) =>
      api.post<z.infer<typeof ReplayAnswer>>(`/webhooks/${webhookId}/replay`, { body: { since: time } }),
    onSettled,
  });
  return { ping, again, since };
}
