// Queries on webhooks, their deliveries and the happenings they tell of. What a person asks for runs as that person; the
// dispatcher and the secrets run as the system.
import { sql } from 'kysely';
import type { Tx } from '../../platform/postgres.ts';

const ENDPOINT = [
  'id',
  'organization_id',
  'url',
  'description',
  'types',
  'status',
  'disabled_reason',
  'disabled_at',
  'last_success_at',
  'previous_until',
  'created_at',
] as const;
const DELIVERY = [
  'id',
  'endpoint_id',
  'event_id',
  'type',
  'status',
  'attempts',
  'next_attempt_at',
  'last_status',
  'last_error',
  'is_replay',
  'created_at',
  'finished_at',
] as const;

// ——— What an organization manages ———

export async function insertEndpoint(
  tx: Tx,
  values: {
    organization_id: string;
    url: string;
    description: string;
    types: string[];
    secret: string;
    created_by: string;
    created_at: Date;
  },
) {
  return await tx
    .insertInto('webhook_endpoints')
    .values(values)
    .returning(ENDPOINT)
    .executeTakeFirstOrThrow();
}
export type EndpointRow = Awaited<ReturnType<typeof insertEndpoint>>;

export async function listEndpoints(tx: Tx, organizationId: string) {
  return await tx
    .selectFrom('webhook_endpoints')
    .select(ENDPOINT)
    .where('organization_id', '=', organizationId)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

export async function findEndpoint(tx: Tx, id: string) {
  return await tx.selectFrom('webhook_endpoints').select(ENDPOINT).where('id', '=', id).executeTakeFirst();
}

export async function updateEndpoint(tx: Tx, id: string, change: Record<string, unknown>) {
  return await tx
    .updateTable('webhook_endpoints')
    .set(change)
    .where('id', '=', id)
    .returning(ENDPOINT)
    .executeTakeFirst();
}

export async function deleteEndpoint(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('webhook_endpoints').where('id', '=', id).execute();
}

/** As the system: the new secret signs at once, the old one beside it until `until`. */
export async function rotateSecret(tx: Tx, id: string, secret: string, until: Date, now: Date) {
  await tx
    .updateTable('webhook_endpoints')
    .set((eb) => ({
      previous_secret: eb.ref('secret'),
      previous_until: until,
      secret,
      updated_at: now,
    }))
    .where('id', '=', id)
    .execute();
}

export async function listDeliveries(
  tx: Tx,
  endpointId: string,
  limit: number,
  after: [string, string] | undefined,
) {
  let query = tx
    .selectFrom('webhook_deliveries')
    .select(DELIVERY)
    .where('endpoint_id', '=', endpointId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1);
  if (after !== undefined)
    query = query.where(sql<boolean>`(created_at, id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`);
  return await query.execute();
}

export async function findDelivery(tx: Tx, id: string) {
  return await tx
    .selectFrom('webhook_deliveries')
    .select([...DELIVERY, 'body', 'organization_id'])
    .where('id', '=', id)
    .executeTakeFirst();
}

export async function attemptsOf(tx: Tx, deliveryId: string) {
  return await tx
    .selectFrom('webhook_attempts')
    .select(['attempted_at', 'took_ms', 'status', 'error', 'response_excerpt'])
    .where('delivery_id', '=', deliveryId)
    .orderBy('attempted_at')
    .execute();
}

// ——— What the dispatcher does, as the system ———

export async function takeHappenings(tx: Tx, limit: number) {
  return await tx
    .selectFrom('happenings')
    .select(['id', 'sequence', 'type', 'organization_id', 'project_id', 'subject_id', 'actor_id', 'data'])
    .select('happened_at')
    .where('dispatched_at', 'is', null)
    .orderBy('sequence')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute();
}
export type HappeningRow = Awaited<ReturnType<typeof takeHappenings>>[number];

export async function markDispatched(tx: Tx, ids: string[], now: Date): Promise<void> {
  await tx.updateTable('happenings').set({ dispatched_at: now }).where('id', 'in', ids).execute();
}

export async function happeningsSince(
  tx: Tx,
  organizationId: string,
  since: Date,
  types: string[],
  limit: number,
) {
  let query = tx
    .selectFrom('happenings')
    .select(['id', 'sequence', 'type', 'organization_id', 'project_id', 'subject_id', 'actor_id', 'data'])
    .select('happened_at')
    .where('organization_id', '=', organizationId)
    .where('happened_at', '>=', since)
    .orderBy('sequence')
    .limit(limit + 1);
  if (types.length > 0) query = query.where('type', 'in', types);
  return await query.execute();
}

/** Not those that were added after it happened: what was before is sent when a person asks for it. */
export async function endpointsFor(tx: Tx, organizationId: string, type: string, happened_at: Date) {
  return await tx
    .selectFrom('webhook_endpoints')
    .select('id')
    .where('organization_id', '=', organizationId)
    .where('status', '=', 'active')
    .where('created_at', '<=', happened_at)
    .where(sql<boolean>`(types = '{}' OR ${type} = ANY (types))`)
    .execute();
}

/** Undefined where the same was told to this endpoint before and this is no replay. */
export async function insertDelivery(
  tx: Tx,
  values: {
    endpoint_id: string;
    organization_id: string;
    event_id: string;
    type: string;
    body: string;
    is_replay: boolean;
    created_at: Date;
  },
) {
  return await tx
    .insertInto('webhook_deliveries')
    .values({ ...values, next_attempt_at: values.created_at })
    .onConflict((oc) => oc.doNothing())
    .returning(DELIVERY)
    .executeTakeFirst();
}
export type DeliveryRow = NonNullable<Awaited<ReturnType<typeof insertDelivery>>>;

/** Endpoints with something due that no job holds; held for the caller from now on. */
export async function holdDueEndpoints(tx: Tx, now: Date, until: Date, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    UPDATE webhook_endpoints SET busy_until = ${until.toISOString()}::timestamptz
    WHERE id IN (
      SELECT e.id FROM webhook_endpoints e
      WHERE (e.busy_until IS NULL OR e.busy_until <= ${now.toISOString()}::timestamptz)
        AND EXISTS (SELECT 1 FROM webhook_deliveries d
          WHERE d.endpoint_id = e.id AND d.status = 'waiting' AND d.next_attempt_at <= ${now.toISOString()}::timestamptz)
      ORDER BY e.id LIMIT ${limit} FOR UPDATE SKIP LOCKED)
    RETURNING id`.execute(tx);
  return rows.map((row) => row.id);
}

/** The oldest message that is due, with what is needed to sign and send it. */
export async function nextDue(tx: Tx, endpointId: string, now: Date) {
  return await tx
    .selectFrom('webhook_deliveries as d')
    .innerJoin('webhook_endpoints as e', 'e.id', 'd.endpoint_id')
    .select(['d.id', 'd.event_id', 'd.type', 'd.body', 'd.attempts', 'd.organization_id', 'd.created_at'])
    .select(['e.url', 'e.secret', 'e.previous_secret', 'e.previous_until', 'e.last_success_at', 'e.status'])
    .where('d.endpoint_id', '=', endpointId)
    .where('d.status', '=', 'waiting')
    .where('d.next_attempt_at', '<=', now)
    .orderBy('d.sequence')
    .limit(1)
    .executeTakeFirst();
}
export type DueRow = NonNullable<Awaited<ReturnType<typeof nextDue>>>;

export async function hold(tx: Tx, endpointId: string, until: Date | null): Promise<void> {
  await tx.updateTable('webhook_endpoints').set({ busy_until: until }).where('id', '=', endpointId).execute();
}

export async function updateDelivery(tx: Tx, id: string, change: Record<string, unknown>): Promise<void> {
  await tx.updateTable('webhook_deliveries').set(change).where('id', '=', id).execute();
}

/** False where the delivery went meanwhile, with its endpoint. */
export async function insertAttempt(
  tx: Tx,
  values: {
    delivery_id: string;
    organization_id: string;
    attempted_at: Date;
    took_ms: number;
    status: number | null;
    error: string | null;
    response_excerpt: string | null;
  },
): Promise<boolean> {
  const there = await tx
    .selectFrom('webhook_deliveries')
    .select('id')
    .where('id', '=', values.delivery_id)
    .forUpdate()
    .executeTakeFirst();
  if (there === undefined) return false;
  await tx.insertInto('webhook_attempts').values(values).execute();
  return true;
}

/** What still waits will not be sent: the endpoint is switched off. Tests are sent all the same. */
export async function failWaiting(tx: Tx, endpointId: string, why: string, now: Date): Promise<void> {
  await tx
    .updateTable('webhook_deliveries')
    .set({ status: 'failed', next_attempt_at: null, last_error: why, finished_at: now })
    .where('endpoint_id', '=', endpointId)
    .where('status', '=', 'waiting')
    .execute();
}

/** Addresses of those who manage an organization. */
export async function managersOf(tx: Tx, organizationId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('organization_members as m')
    .innerJoin('users as u', 'u.id', 'm.user_id')
    .select('u.email')
    .where('m.organization_id', '=', organizationId)
    .where('m.role', 'in', ['owner', 'admin'])
    .orderBy('u.email')
    .limit(20)
    .execute();
  return rows.map((row) => row.email);
}

export async function prune(tx: Tx, before: Date): Promise<void> {
  await tx
    .deleteFrom('webhook_deliveries')
    .where('created_at', '<', before)
    .where('status', '!=', 'waiting')
    .execute();
  await tx
    .deleteFrom('happenings')
    .where('happened_at', '<', before)
    .where('dispatched_at', 'is not', null)
    .execute();
}
