// What was sent to a webhook: how it went, every attempt, and sending again.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Webhook, WebhookDelivery } from '../../../../contract/webhooks.ts';
import { deliveriesQuery, deliveryQuery, useSend } from '../../api/webhooks.ts';
import { Badge, type Tone } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Field, Input } from '../../ui/field.tsx';
import { EmptyState, ErrorState, SkeletonLines } from '../../ui/states.tsx';
import { toast, toastProblem } from '../../ui/toast.tsx';
import { formatAgo } from '../../ui/units.ts';
import { typeLabel } from './labels.ts';

const LOOK: Record<WebhookDelivery['status'], { tone: Tone; label: string }> = {
  waiting: { tone: 'warn', label: 'Waiting' },
  delivered: { tone: 'good', label: 'Delivered' },
  failed: { tone: 'bad', label: 'Failed' },
};

export function Deliveries({ webhook }: { webhook: Webhook }) {
  const log = useQuery(deliveriesQuery(webhook.id));
  const send = useSend(webhook.id);
  const [open, setOpen] = useState<string | null>(null);
  return (
    <section aria-label={`Deliveries to ${webhook.url}`} className="mt-4 border-l-2 border-hairline pl-4">
      <div className="mb-3 flex flex-wrap items-end gap-3">
        <Button
          size="sm"
          busy={send.ping.isPending}
          onClick={() =>
            send.ping.mutate(undefined, {
              onSuccess: () => toast('A test message is on its way.'),
              onError: toastProblem('No test was sent'),
            })
          }
        >
          Send a test
        </Button>
        {webhook.status === 'active' ? <SendSince send={send} /> : null}
      </div>
      {log.isPending ? (
        <SkeletonLines lines={3} />
      ) : log.isError ? (
        <ErrorState
          title="The log could not be loaded"
          error={log.error}
          onRetry={() => void log.refetch()}
        />
      ) : log.data.length === 0 ? (
        <EmptyState title="Nothing sent yet" className="py-2">
          Send a test to see that your program answers.
        </EmptyState>
      ) : (
        <ul className="divide-y divide-hairline border-y border-hairline">
          {log.data.map((one) => (
            <li key={one.id} className="py-2">
              <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
                <span className="min-w-40 flex-1 font-medium">{typeLabel(one.type)}</span>
                {one.is_replay ? <Badge>Sent again</Badge> : null}
                <Badge tone={LOOK[one.status].tone}>{LOOK[one.status].label}</Badge>
                <span className="text-xs text-ink-3">{formatAgo(one.created_at)}</span>
                <Button
                  size="sm"
                  variant="quiet"
                  aria-expanded={open === one.id}
                  onClick={() => setOpen(open === one.id ? null : one.id)}
                >
                  Details
                </Button>
              </div>
              {one.last_error === null ? null : (
                <p className="text-xs text-ink-2">
                  {one.last_error}
                  {one.next_attempt_at === null ? null : ` ${nextTry(one)}`}
                </p>
              )}
              {open === one.id ? (
                <Details id={one.id} again={webhook.status === 'active' ? send.again : null} />
              ) : null}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** "Tried 2 times; the next try is at 16:59." */
function nextTry({ attempts, next_attempt_at }: WebhookDelivery): string {
  const at = new Date(next_attempt_at ?? 0);
  const soon = at.getTime() - Date.now() < 12 * 3_600_000;
  const when = soon ? at.toLocaleTimeString([], { timeStyle: 'short' }) : at.toLocaleString();
  return `Tried ${attempts === 1 ? 'once' : `${attempts} times`}; the next try is at ${when}.`;
}

function SendSince({ send }: { send: ReturnType<typeof useSend> }) {
  const [time, setTime] = useState('');
  return (
    <form
      className="flex items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        send.since.mutate(new Date(time).toISOString(), {
          onSuccess: ({ replayed, has_more }) =>
            toast(
              replayed === 0
                ? 'Nothing has happened since then.'
                : `${replayed} ${replayed === 1 ? 'message is' : 'messages are'} sent again${has_more ? '; there are more' : ''}.`,
            ),
          onError: toastProblem('Nothing was sent again'),
        });
      }}
    >
      <Field label="Send again since">
        <Input
          type="datetime-local"
          required
          value={time}
          onChange={(event) => setTime(event.target.value)}
          className="h-7 px-2 text-xs"
        />
      </Field>
      <Button type="submit" size="sm" busy={send.since.isPending}>
        Send again
      </Button>
    </form>
  );
}

function Details({ id, again }: { id: string; again: ReturnType<typeof useSend>['again'] | null }) {
  const detail = useQuery(deliveryQuery(id));
  if (detail.isPending) return <SkeletonLines lines={2} />;
  if (detail.isError) return <ErrorState title="It could not be loaded" error={detail.error} />;
  const { event_id, body, attempt_log, next_attempt_at } = detail.data;
  return (
    <div className="mt-2 flex flex-col gap-2 text-xs">
      <p className="text-ink-3">
        Message <span className="font-mono break-all">{event_id}</span>
        {next_attempt_at === null ? '' : `, next try ${new Date(next_attempt_at).toLocaleString()}`}
      </p>
      <ol className="flex flex-col gap-1">
        {attempt_log.map((attempt) => (
          <li key={attempt.attempted_at} className="text-ink-2">
            {new Date(attempt.attempted_at).toLocaleString()}: {attempt.status ?? 'no answer'} in{' '}
            {attempt.took_ms} ms{attempt.error === null ? '' : `. ${attempt.error}`}
            {attempt.response_excerpt === null ? null : (
              <span className="block font-mono break-all text-ink-3">{attempt.response_excerpt}</span>
            )}
          </li>
        ))}
      </ol>
      <pre className="max-h-60 overflow-auto rounded-md bg-sunken p-2 font-mono whitespace-pre-wrap break-all">
        {JSON.stringify(JSON.parse(body), null, 2)}
      </pre>
      {again === null ? null : (
        <div>
          <Button
            size="sm"
            busy={again.isPending}
            onClick={() =>
              again.mutate(id, {
                onSuccess: () => toast('The message is sent again.'),
                onError: toastProblem('The message was not sent again'),
              })
            }
          >
            Send this again
          </Button>
        </div>
      )}
    </div>
  );
}
