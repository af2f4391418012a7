// From what happened to messages at the receivers: happenings become deliveries, due deliveries become jobs, one an
// endpoint at a time and in order. A delivery that fails is tried again for about a day; then its endpoint is switched
// off and those who manage the organization are told.

import { type TellWebhookJob as Payload, TellWebhookJob } from '../../../contract/webhooks.ts';
import type { JobKind } from '../../platform/jobs.ts';
import type { Mail } from '../../platform/mail.ts';
import type { Tx } from '../../platform/postgres.ts';
import { startRounds } from '../../platform/rounds.ts';
import { audit } from '../audit.ts';
import { type Deps, iso } from '../context.ts';
import { type SendOptions, type Sent, send } from './send.ts';
import { signatureOf } from './signing.ts';
import * as db from './sql.ts';

/** Tells one endpoint what is due for it. */
export const TellWebhook: JobKind<Payload> = {
  name: 'tell_webhook',
  payload: TellWebhookJob,
  retries: 2,
  concurrency: 4,
  expire_seconds: 300,
};

/** Seconds to wait after each failed attempt; after the last one, 23.7 hours in, it is given up. */
export const WAITS_S = [5, 30, 120, 600, 1800, 3600, 7200, 14_400, 21_600, 36_000] as const;

const IDLE_MS = 500;
const TROUBLE_MS = 3_000;
const BATCH = 200;
const ENDPOINTS_AT_ONCE = 20;
/** How long a job may hold an endpoint without a sign of life. */
const HOLD_MS = 60_000;
/** One job's share of time; the rest of what is due goes into the next one. */
const SHARE_MS = 60_000;
/** After so many failures in a row the endpoint is left alone for a minute. */
const FAILURES_IN_A_ROW = 3;
const REST_MS = 60_000;

export function bodyOf(happening: db.HappeningRow): string {
  const { type, happened_at, organization_id, project_id, subject_id, actor_id, sequence, data } = happening;
  return JSON.stringify({
    type,
    timestamp: iso(happened_at),
    data: {
      ...(data as Record<string, unknown>),
      organization_id,
      project_id,
      subject_id,
      actor_id,
      sequence: Number(sequence),
    },
  });
}

export function makeDispatch(
  deps: Deps,
  enqueueMail: (tx: Tx, mail: Mail) => Promise<void>,
  sending: Partial<SendOptions> = {},
) {
  const { postgres, jobs, log, config } = deps;

  /** One round; resolves to whether there may be more at once. */
  async function dispatchOnce(): Promise<boolean> {
    return await postgres.asSystem(async (tx) => {
      const now = deps.now();
      const happenings = await db.takeHappenings(tx, BATCH);
      for (const happening of happenings) {
        const { organization_id } = happening;
        if (organization_id === null) continue;
        for (const { id } of await db.endpointsFor(
          tx,
          organization_id,
          happening.type,
          happening.happened_at,
        ))
          await db.insertDelivery(tx, {
            endpoint_id: id,
            organization_id,
            event_id: happening.id,
            type: happening.type,
            body: bodyOf(happening),
            is_replay: false,
            created_at: now,
          });
      }
      if (happenings.length > 0)
        await db.markDispatched(
          tx,
          happenings.map(({ id }) => id),
          now,
        );
      const until = new Date(now.getTime() + HOLD_MS);
      for (const endpoint_id of await db.holdDueEndpoints(tx, now, until, ENDPOINTS_AT_ONCE))
        await jobs.enqueue(tx, TellWebhook, { endpoint_id });
      return happenings.length === BATCH;
    });
  }

  async function tell({ endpoint_id }: Payload, signal: AbortSignal): Promise<void> {
    const begun = performance.now();
    let failures = 0;
    while (!signal.aborted && performance.now() - begun < SHARE_MS && failures < FAILURES_IN_A_ROW) {
      const due = await postgres.asSystem(async (tx) => {
        await db.hold(tx, endpoint_id, new Date(deps.now().getTime() + HOLD_MS));
        return await db.nextDue(tx, endpoint_id, deps.now());
      });
      if (due === undefined) break;
      const at = deps.now();
      const sent = await send(messageOf(due, at), {
        allow_local: config.webhooks_allow_local,
        signal,
        ...sending,
      });
      if (signal.aborted) return;
      failures = sent.error === null ? 0 : failures + 1;
      await postgres.asSystem((tx) => record(tx, endpoint_id, due, sent, at));
    }
    const rest = failures < FAILURES_IN_A_ROW ? null : new Date(deps.now().getTime() + REST_MS);
    await postgres.asSystem((tx) => db.hold(tx, endpoint_id, rest));
  }

  async function record(tx: Tx, endpointId: string, due: db.DueRow, sent: Sent, at: Date): Promise<void> {
    const { error, status, response_excerpt, took_ms } = sent;
    const attempt = { attempted_at: at, took_ms, status, error, response_excerpt };
    const { id: delivery_id, organization_id } = due;
    if (!(await db.insertAttempt(tx, { delivery_id, organization_id, ...attempt }))) return;
    const attempts = due.attempts + 1;
    const now = deps.now();
    const outcome = { attempts, last_status: status, last_error: error };
    if (error === null) {
      await db.updateDelivery(tx, due.id, {
        ...outcome,
        status: 'delivered',
        next_attempt_at: null,
        finished_at: now,
      });
      await db.updateEndpoint(tx, endpointId, { last_success_at: now });
      return;
    }
    const wait = due.type === 'ping' || status === 410 ? undefined : WAITS_S[attempts - 1];
    await db.updateDelivery(
      tx,
      due.id,
      wait === undefined
        ? { ...outcome, status: 'failed', next_attempt_at: null, finished_at: now }
        : { ...outcome, next_attempt_at: new Date(now.getTime() + wait * 1000) },
    );
    if (wait !== undefined || due.type === 'ping' || due.status === 'disabled') return;
    const worked = (due.last_success_at?.getTime() ?? 0) >= due.created_at.getTime();
    if (status === 410 || !worked) await switchOff(tx, endpointId, due, error, now);
  }

  /** The notice: on the screen, in the audit log, and by mail to those who manage the organization. */
  async function switchOff(tx: Tx, endpointId: string, due: db.DueRow, error: string, now: Date) {
    const reason = `Nothing could be delivered for a day; the last answer: ${error}`.slice(0, 300);
    const gone = 'The receiver answered 410: it wants no more messages.';
    const why = error.includes(' 410') ? gone : reason;
    await db.updateEndpoint(tx, endpointId, {
      status: 'disabled',
      disabled_reason: why,
      disabled_at: now,
      updated_at: now,
    });
    await db.failWaiting(tx, endpointId, 'The webhook was switched off.', now);
    await audit(
      tx,
      {
        action: 'webhook.disabled',
        actor_id: null,
        organization_id: due.organization_id,
        detail: { webhook_id: endpointId, reason: why },
      },
      null,
    );
    const base = config.public_url ?? `http://localhost:${config.port}`;
    const text = `The webhook to ${due.url} was switched off. ${why}\n\nMend the receiver, switch the webhook on again and send what it missed:\n\n${base}/settings/webhooks?organization=${due.organization_id}`;
    for (const to of await db.managersOf(tx, due.organization_id))
      await enqueueMail(tx, { to, subject: 'A webhook was switched off', text });
  }

  function start(): { stop(): Promise<void> } {
    return startRounds({
      round: dispatchOnce,
      idle_ms: IDLE_MS,
      trouble_ms: TROUBLE_MS,
      onError: (error) => log.warn({ error: String(error) }, 'webhooks wait'),
    });
  }

  return { start, tell };
}

function messageOf(due: db.DueRow, at: Date) {
  const timestamp = Math.floor(at.getTime() / 1000);
  const secrets = [due.secret];
  if (due.previous_secret !== null && due.previous_until !== null && due.previous_until > at)
    secrets.push(due.previous_secret);
  return {
    url: due.url,
    body: due.body,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'OFS-Webhooks/1',
      'webhook-id': due.event_id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': secrets
        .map((secret) => signatureOf(secret, due.event_id, timestamp, due.body))
        .join(' '),
    },
  };
}
