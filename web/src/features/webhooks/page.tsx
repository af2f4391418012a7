// Webhooks: where an organization's own programs are told what happened, and what was sent to each of them.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { CreatedWebhook, Webhook } from '../../../../contract/webhooks.ts';
import { useChangeWebhook, webhooksQuery } from '../../api/webhooks.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState, ErrorState, SkeletonLines } from '../../ui/states.tsx';
import { toast, toastProblem } from '../../ui/toast.tsx';
import { formatAgo } from '../../ui/units.ts';
import { useOrganization } from '../settings/organization.tsx';
import { Deliveries } from './deliveries.tsx';
import { AddDialog, RemoveDialog, RotateDialog, SecretDialog } from './dialogs.tsx';
import { typeLabel } from './labels.ts';

export default function WebhooksPage() {
  const organization = useOrganization();
  if (organization === null) return <EmptyState title="You belong to no organization yet" />;
  return <Webhooks key={organization.organization_id} organizationId={organization.organization_id} />;
}

function Webhooks({ organizationId }: { organizationId: string }) {
  const webhooks = useQuery(webhooksQuery(organizationId));
  const [adding, setAdding] = useState(false);
  const [made, setMade] = useState<CreatedWebhook | null>(null);
  const add = (
    <Button variant="primary" onClick={() => setAdding(true)}>
      Add a webhook
    </Button>
  );
  return (
    <>
      <p className="max-w-160 text-sm text-ink-2">
        A webhook posts a signed message to your own program when a project is approved, a recommendation or a
        file is ready, or a budget is selected.
      </p>
      {webhooks.isPending ? (
        <SkeletonLines lines={4} />
      ) : webhooks.isError ? (
        <ErrorState
          title="The webhooks could not be loaded"
          error={webhooks.error}
          onRetry={() => void webhooks.refetch()}
        />
      ) : webhooks.data.length === 0 ? (
        <EmptyState title="No webhooks yet" action={add}>
          Your order system can fetch the order file by itself as soon as a proposal is approved.
        </EmptyState>
      ) : (
        <>
          <div>{add}</div>
          <ul className="divide-y divide-hairline border-y border-hairline">
            {webhooks.data.map((webhook) => (
              <WebhookRow key={webhook.id} webhook={webhook} onSecret={setMade} />
            ))}
          </ul>
        </>
      )}
      {adding ? (
        <AddDialog
          organizationId={organizationId}
          onClose={() => setAdding(false)}
          onMade={(one) => {
            setAdding(false);
            setMade(one);
          }}
        />
      ) : null}
      {made === null ? null : <SecretDialog made={made} onClose={() => setMade(null)} />}
    </>
  );
}

function WebhookRow({ webhook, onSecret }: { webhook: Webhook; onSecret: (made: CreatedWebhook) => void }) {
  const change = useChangeWebhook(webhook);
  const [open, setOpen] = useState(false);
  const [asking, setAsking] = useState<'rotate' | 'remove' | null>(null);
  const active = webhook.status === 'active';
  const turn = () =>
    change.mutate(
      { status: active ? 'disabled' : 'active' },
      {
        onSuccess: () => toast(active ? 'The webhook is switched off.' : 'The webhook is switched on.'),
        onError: toastProblem('The webhook was not changed'),
      },
    );
  return (
    <li className="py-4">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-60 flex-1">
          <p className="flex flex-wrap items-center gap-2 text-sm font-medium">
            <span className="min-w-0 break-all">{webhook.url}</span>
            <Badge tone={active ? 'good' : 'bad'}>{active ? 'On' : 'Off'}</Badge>
          </p>
          <p className="text-sm text-ink-2">
            {[webhook.description, typesOf(webhook)].filter((part) => part !== '').join(' · ')}
          </p>
          <p className="text-xs text-ink-3">
            {webhook.last_success_at === null
              ? 'Nothing delivered yet'
              : `Last delivered ${formatAgo(webhook.last_success_at)}`}
          </p>
          {webhook.disabled_reason === null ? null : (
            <p className="mt-1 text-sm text-bad">{webhook.disabled_reason}</p>
          )}
        </div>
        <div className="flex flex-wrap gap-2">
          <Button size="sm" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? 'Hide deliveries' : 'Deliveries'}
          </Button>
          <Button size="sm" busy={change.isPending} onClick={turn}>
            {active ? 'Switch off' : 'Switch on'}
          </Button>
          <Button size="sm" onClick={() => setAsking('rotate')}>
            New secret
          </Button>
          <Button size="sm" variant="quiet" onClick={() => setAsking('remove')}>
            Delete
          </Button>
        </div>
      </div>
      {open ? <Deliveries webhook={webhook} /> : null}
      {asking === 'rotate' ? (
        <RotateDialog
          webhook={webhook}
          onClose={() => setAsking(null)}
          onMade={(made) => {
            setAsking(null);
            onSecret(made);
          }}
        />
      ) : null}
      {asking === 'remove' ? <RemoveDialog webhook={webhook} onClose={() => setAsking(null)} /> : null}
    </li>
  );
}

function typesOf({ types }: Webhook): string {
  return types.length === 0 ? 'Everything that happens' : types.map(typeLabel).join(', ');
}
