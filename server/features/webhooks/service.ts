// Webhooks: where an organization's own programs are told what happened in its projects. Managed by its owners and
// administrators; told by the dispatcher (dispatch.ts).
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { PageQuery } from '../../../contract/common.ts';
import type {
  CreatedWebhook,
  CreateWebhookRequest,
  ReplayAnswer,
  UpdateWebhookRequest,
  Webhook,
  WebhookDelivery,
  WebhookDeliveryDetail,
} from '../../../contract/webhooks.ts';
import { PruneWebhooksJob } from '../../../contract/webhooks.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import type { Actor } from '../../platform/http.ts';
import type { JobKind, JobRun } from '../../platform/jobs.ts';
import { pageFrom, readCursor, TimeAndId } from '../../platform/pages.ts';
import type { Tx } from '../../platform/postgres.ts';
import { makeRateLimiter } from '../../platform/rate-limit.ts';
import { SendMail } from '../accounts/service.ts';
import { audit } from '../audit.ts';
import { type Deps, iso, isoOrNull, type Origin } from '../context.ts';
import type { Organizations } from '../organizations/service.ts';
import { refusalOf } from './addresses.ts';
import { bodyOf, makeDispatch } from './dispatch.ts';
import { newSecret } from './signing.ts';
import * as db from './sql.ts';

export { TellWebhook } from './dispatch.ts';

/** Forgets deliveries and happenings after their time; queued by its schedule. */
export const PruneWebhooks: JobKind<z.infer<typeof PruneWebhooksJob>> = {
  name: 'prune_webhooks',
  payload: PruneWebhooksJob,
  retries: 1,
  concurrency: 1,
  expire_seconds: 300,
};
export const PRUNE_SCHEDULE = '41 3 * * *';

const KEPT_DAYS = 30;
const MOST_WEBHOOKS = 20;
const MOST_REPLAYED = 500;
const OVERLAP_HOURS = 24;
const SENT_BY_HAND_A_MINUTE = 30;
const HOUR_MS = 3_600_000;

export type Webhooks = ReturnType<typeof makeWebhooks>;

export function makeWebhooks(deps: Deps, organizations: Organizations) {
  const { postgres, config } = deps;
  const byHand = makeRateLimiter(deps.kv, {
    name: 'webhooks_by_hand',
    points: SENT_BY_HAND_A_MINUTE,
    window_seconds: 60,
  });
  const dispatch = makeDispatch(deps, async (tx, mail) => void (await deps.jobs.enqueue(tx, SendMail, mail)));

  /** Foreign and unknown ones are equally not found: row security shows them to those who manage the organization. */
  async function endpointFor(tx: Tx, actor: Actor, id: string): Promise<db.EndpointRow> {
    const found = await db.findEndpoint(tx, id);
    if (found === undefined) throw notFound('webhook');
    await organizations.requireRole(tx, actor, found.organization_id, 'organization:manage');
    return found;
  }

  async function deliveryFor(tx: Tx, actor: Actor, id: string) {
    const found = await db.findDelivery(tx, id);
    if (found === undefined) throw notFound('delivery');
    await organizations.requireRole(tx, actor, found.organization_id, 'organization:manage');
    return found;
  }

  async function limitByHand(endpointId: string): Promise<void> {
    const used = await byHand.consume(endpointId);
    if (!used.allowed)
      throw new AppError(
        'too_many_requests',
        `This webhook was sent to by hand too often; wait ${used.retry_after_seconds} s.`,
        { retry_after: used.retry_after_seconds },
      );
  }

  function checkUrl(url: string): void {
    const refusal = refusalOf(new URL(url), config.webhooks_allow_local);
    if (refusal !== undefined)
      throw new AppError('invalid_input', refusal, { fields: [{ path: 'url', message: refusal }] });
  }

  const note = (action: string, actor: Actor, row: db.EndpointRow, detail: object = {}) => ({
    action: `webhook.${action}`,
    actor_id: actor.user_id,
    organization_id: row.organization_id,
    detail: { webhook_id: row.id, ...detail },
  });

  return {
    async list(actor: Actor, organizationId: string): Promise<Webhook[]> {
      return await postgres.withContext(actor, async (tx) => {
        await organizations.requireRole(tx, actor, organizationId, 'organization:manage');
        return (await db.listEndpoints(tx, organizationId)).map(toWebhook);
      });
    },

    async create(
      actor: Actor,
      organizationId: string,
      request: z.infer<typeof CreateWebhookRequest>,
      origin: Origin,
    ): Promise<CreatedWebhook> {
      checkUrl(request.url);
      const secret = newSecret();
      const row = await postgres.withContext(actor, async (tx) => {
        await organizations.requireRole(tx, actor, organizationId, 'organization:manage');
        if ((await db.listEndpoints(tx, organizationId)).length >= MOST_WEBHOOKS)
          throw new AppError(
            'conflict',
            `An organization has ${MOST_WEBHOOKS} webhooks at most; delete one that is no longer used.`,
          );
        const made = await db.insertEndpoint(tx, {
          ...request,
          organization_id: organizationId,
          secret,
          created_by: actor.user_id,
          created_at: deps.now(),
        });
        await audit(tx, note('created', actor, made, { url: made.url }), origin);
        return made;
      });
      return { ...toWebhook(row), secret };
    },

    async update(
      actor: Actor,
      id: string,
      { status, ...change }: z.infer<typeof UpdateWebhookRequest>,
      origin: Origin,
    ): Promise<Webhook> {
      if (change.url !== undefined) checkUrl(change.url);
      const now = deps.now();
      const row = await postgres.withContext(actor, async (tx) => {
        await endpointFor(tx, actor, id);
        const switched =
          status === undefined
            ? {}
            : status === 'active'
              ? { status, disabled_reason: null, disabled_at: null }
              : { status, disabled_reason: 'Switched off by hand.', disabled_at: now };
        const made = await db.updateEndpoint(tx, id, { ...change, ...switched, updated_at: now });
        if (made === undefined) throw notFound('webhook');
        await audit(tx, note('updated', actor, made, { ...change, ...switched }), origin);
        return made;
      });
      if (status === 'disabled')
        await postgres.asSystem((tx) => db.failWaiting(tx, id, 'The webhook was switched off.', now));
      return toWebhook(row);
    },

    async remove(actor: Actor, id: string, origin: Origin): Promise<void> {
      await postgres.withContext(actor, async (tx) => {
        const found = await endpointFor(tx, actor, id);
        await db.deleteEndpoint(tx, id);
        await audit(tx, note('deleted', actor, found, { url: found.url }), origin);
      });
    },

    /** The new secret signs from now on, the one before beside it for a day, so that a receiver can follow at leisure. */
    async rotate(actor: Actor, id: string, origin: Origin): Promise<CreatedWebhook> {
      const secret = newSecret();
      const now = deps.now();
      const until = new Date(now.getTime() + OVERLAP_HOURS * HOUR_MS);
      const row = await postgres.withContext(actor, async (tx) => {
        const found = await endpointFor(tx, actor, id);
        await audit(tx, note('secret_rotated', actor, found), origin);
        return found;
      });
      await postgres.asSystem((tx) => db.rotateSecret(tx, id, secret, until, now));
      return { ...toWebhook(row), previous_secret_until: iso(until), secret };
    },

    /** Sends a test message, tried once; also to a webhook that is switched off. */
    async ping(actor: Actor, id: string): Promise<WebhookDelivery> {
      const row = await postgres.withContext(actor, (tx) => endpointFor(tx, actor, id));
      await limitByHand(id);
      const now = deps.now();
      const made = await postgres.asSystem((tx) =>
        db.insertDelivery(tx, {
          endpoint_id: id,
          organization_id: row.organization_id,
          event_id: randomUUID(),
          type: 'ping',
          body: JSON.stringify({
            type: 'ping',
            timestamp: iso(now),
            data: { organization_id: row.organization_id },
          }),
          is_replay: false,
          created_at: now,
        }),
      );
      return toDelivery(made as db.DeliveryRow);
    },

    async deliveries(actor: Actor, id: string, query: PageQuery) {
      const after = readCursor(query.cursor, TimeAndId);
      const rows = await postgres.withContext(actor, async (tx) => {
        await endpointFor(tx, actor, id);
        return await db.listDeliveries(tx, id, query.limit, after);
      });
      const page = pageFrom(rows, query.limit, (row) => [iso(row.created_at), row.id]);
      return { ...page, items: page.items.map(toDelivery) };
    },

    async delivery(actor: Actor, id: string): Promise<WebhookDeliveryDetail> {
      return await postgres.withContext(actor, async (tx) => {
        const row = await deliveryFor(tx, actor, id);
        const log = await db.attemptsOf(tx, id);
        return {
          ...toDelivery(row),
          body: row.body,
          attempt_log: log.map((one) => ({ ...one, attempted_at: iso(one.attempted_at) })),
        };
      });
    },

    /** The same message under the same id once more, with tries of its own. */
    async replay(actor: Actor, deliveryId: string, origin: Origin): Promise<WebhookDelivery> {
      const row = await postgres.withContext(actor, async (tx) => {
        const found = await deliveryFor(tx, actor, deliveryId);
        const endpoint = await endpointFor(tx, actor, found.endpoint_id);
        requireActive(endpoint);
        await audit(tx, note('replayed', actor, endpoint, { event_id: found.event_id }), origin);
        return found;
      });
      const { endpoint_id, organization_id, event_id, type, body } = row;
      await limitByHand(endpoint_id);
      const again = { endpoint_id, organization_id, event_id, type, body, is_replay: true };
      const made = await postgres.asSystem((tx) =>
        db.insertDelivery(tx, { ...again, created_at: deps.now() }),
      );
      return toDelivery(made as db.DeliveryRow);
    },

    /** Everything that happened since a time, whether it was told before or not, oldest first. */
    async replaySince(
      actor: Actor,
      id: string,
      since: string,
      origin: Origin,
    ): Promise<z.infer<typeof ReplayAnswer>> {
      const endpoint = await postgres.withContext(actor, async (tx) => {
        const found = await endpointFor(tx, actor, id);
        requireActive(found);
        await audit(tx, note('replayed', actor, found, { since }), origin);
        return found;
      });
      await limitByHand(id);
      return await postgres.asSystem(async (tx) => {
        const { organization_id, types } = endpoint;
        const all = await db.happeningsSince(tx, organization_id, new Date(since), types, MOST_REPLAYED);
        const taken = all.slice(0, MOST_REPLAYED);
        for (const happening of taken)
          await db.insertDelivery(tx, {
            endpoint_id: id,
            organization_id,
            event_id: happening.id,
            type: happening.type,
            body: bodyOf(happening),
            is_replay: true,
            created_at: deps.now(),
          });
        const last = taken.at(-1);
        return {
          replayed: taken.length,
          has_more: all.length > taken.length,
          last_at: last === undefined ? null : iso(last.happened_at),
        };
      });
    },

    startDispatch: dispatch.start,
    /** The job. */
    tell: (job: { endpoint_id: string }, run: JobRun) => dispatch.tell(job, run.signal),
    async prune(): Promise<void> {
      const before = new Date(deps.now().getTime() - KEPT_DAYS * 24 * HOUR_MS);
      await postgres.asSystem((tx) => db.prune(tx, before));
    },
  };
}

function requireActive(endpoint: db.EndpointRow): void {
  if (endpoint.status !== 'active')
    throw new AppError('conflict', 'This webhook is switched off; switch it on first.');
}

function toWebhook({ previous_until, ...row }: db.EndpointRow): Webhook {
  return {
    ...row,
    status: row.status as Webhook['status'],
    disabled_at: isoOrNull(row.disabled_at),
    last_success_at: isoOrNull(row.last_success_at),
    previous_secret_until: isoOrNull(previous_until),
    created_at: iso(row.created_at),
  };
}

function toDelivery(row: db.DeliveryRow): WebhookDelivery {
  const { id, event_id, type, attempts, last_status, last_error, is_replay } = row;
  return {
    id,
    webhook_id: row.endpoint_id,
    event_id,
    type,
    status: row.status as WebhookDelivery['status'],
    attempts,
    next_attempt_at: isoOrNull(row.next_attempt_at),
    last_status,
    last_error,
    is_replay,
    created_at: iso(row.created_at),
    finished_at: isoOrNull(row.finished_at),
  };
}
