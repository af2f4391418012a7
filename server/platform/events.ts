// Owns the way of events into ClickHouse: append() resolves when the rows are safe, a consumer inserts them in
// batches, and every confirmed row is counted exactly once however often a process is killed. Embedded: a journal on
// disk. On servers: a Redis stream that many processes share (Redis must have `appendonly yes`).

import { createHash, randomUUID } from 'node:crypto';
import { EventRow, type EventRows, ProductViewRow, RecommendationMetricRow } from '../../contract/events.ts';
import type { ClickHouse } from './clickhouse.ts';
import { type LineTag, TABLES } from './event-insert.ts';
import { openJournalQueue } from './event-local.ts';
import type { EventQueueCommon, EventQueueStatus, Line, Remember } from './event-queue.ts';
import { openRedisQueue } from './event-redis.ts';
import { faultPoint } from './fault.ts';

export type { EventQueueStatus } from './event-queue.ts';

export interface AppendResult {
  /** Rows that are safe now, those that had arrived before included. */
  accepted: number;
  /** Rows of a wrong shape: they are in event_dead_letters with the reason. */
  rejected: number;
}

/** An event that was refused before it had the shape of a row. */
export interface DeadLetter {
  stream: string;
  reason: string;
  payload: string;
  organization_id?: string | null;
  user_id?: string | null;
  /** A row of the server's own making, not what somebody sent. */
  made_by_server?: boolean;
}

export interface AppendOptions {
  /**
   * 'long' is for rows that the outbox hands over: their ids are remembered for a week, because a process may die between
   * handing over and forgetting them, and its successor may come late.
   */
  remember?: Remember;
  /** The rows have just been made by eventRows(), which checked what they are made of: they are not looked at again. */
  checked?: boolean;
}

export interface EventQueue {
  readonly mode: 'journal' | 'redis';
  /**
   * Takes rows for `events`, `product_views` and `recommendation_metrics` together and resolves when they are
   * durable. An event or view whose id arrived before is not taken twice, however long ago: what is older than the
   * queue's memory of ids is looked for in ClickHouse. Rejects with `code: 'EVENTS_FULL'` when the queue has reached its
   * limit, and where such old rows cannot be looked for: nothing was taken, try again later.
   */
  append(
    rows: EventRows,
    dead_letters?: readonly DeadLetter[],
    options?: AppendOptions,
  ): Promise<AppendResult>;
  /** Which of these ids are in ClickHouse; `since` (a day) bounds the search. */
  arrived(ids: readonly string[], since: string): Promise<Set<string>>;
  /** Resolves when everything appended before is in ClickHouse; rejects with the cause after `timeout_ms` (30 s). */
  drain(timeout_ms?: number): Promise<void>;
  status(): Promise<EventQueueStatus>;
  /** Stops; inserts what it can within five seconds, the rest waits safely for the next start. */
  close(): Promise<void>;
}

export type EventQueueOptions = EventQueueCommon &
  (
    | { mode: 'journal'; folder: string; segment_bytes?: number; max_bytes?: number }
    | { mode: 'redis'; url: string; prefix?: string; max_entries?: number; reclaim_ms?: number }
  );

const DRAIN_MS = 30_000;
const PAYLOAD_CHARACTERS = 20_000;
/** How far a browser's clock may be ahead; event-rows.ts refuses more. */
const CLOCK_SKEW_MS = 15 * 60_000;
const NONE: ReadonlySet<string> = new Set();
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export async function openEvents(options: EventQueueOptions): Promise<EventQueue> {
  const queue = options.mode === 'journal' ? await openJournalQueue(options) : await openRedisQueue(options);

  /**
   * Of rows older than the memory of ids, those that are in ClickHouse: a browser that was offline when its answer got lost
   * sends them again hours later. A row that waits in the queue longer than its id is remembered is in neither place, so
   * old rows wait until the queue has caught up. Throws where they do.
   */
  async function arrivedBefore(rows: EventRows): Promise<ReadonlySet<string>> {
    const now = Date.now();
    const since = queue.remembersSince();
    // Clocks of browsers may be ahead; the margin is given up before every call has to ask.
    const limit = Math.max(since, Math.min(since + CLOCK_SKEW_MS, now - CLOCK_SKEW_MS));
    const old = [
      ...(rows.events ?? []).map((row) => ({ id: row.event_id, at: Date.parse(row.timestamp) })),
      ...(rows.product_views ?? []).map((row) => ({ id: row.view_id, at: Date.parse(row.timestamp) })),
    ].filter(({ id, at }) => at < limit && UUID.test(id));
    if (old.length === 0) return NONE;
    if (now - (await queue.status()).oldest_seconds * 1000 < since)
      throw new Error('Events that are not new wait until the queue has caught up; send them again');
    const day = new Date(Math.min(...old.map(({ at }) => at))).toISOString().slice(0, 10);
    return await arrived(options.clickhouse, [...new Set(old.map(({ id }) => id))], day);
  }

  return {
    mode: options.mode,
    async append(rows, dead_letters = [], { remember = 'short', checked = false } = {}) {
      const lines: Line[] = [];
      const rejected = [...dead_letters.map(deadLetterLine)];
      const known = remember === 'short' ? await arrivedBefore(rows) : NONE;
      if (checked) {
        for (const row of rows.events ?? [])
          lines.push({ tag: 'e', id: row.event_id, text: JSON.stringify(row) });
        for (const row of rows.product_views ?? [])
          lines.push({ tag: 'p', id: row.view_id, text: JSON.stringify(row) });
      } else {
        collect(rows.events, 'e', EventRow, (row) => row.event_id, lines, rejected);
        collect(rows.product_views, 'p', ProductViewRow, (row) => row.view_id, lines, rejected);
      }
      collect(rows.recommendation_metrics, 'r', RecommendationMetricRow, contentId, lines, rejected);
      const accepted = lines.length;
      const fresh = known.size === 0 ? lines : lines.filter(({ id }) => !known.has(id.toLowerCase()));
      await faultPoint('events.before_append');
      if (fresh.length + rejected.length > 0) await queue.append([...fresh, ...rejected], remember);
      await faultPoint('events.appended');
      return { accepted, rejected: rejected.length };
    },
    arrived: (ids, since) => arrived(options.clickhouse, ids, since),
    drain: (timeout_ms = DRAIN_MS) => queue.drain(timeout_ms),
    status: () => queue.status(),
    close: () => queue.close(),
  };
}

async function arrived(clickhouse: ClickHouse, ids: readonly string[], since: string): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await clickhouse.query<{ id: string }>(
    `SELECT toString(event_id) AS id FROM events WHERE date >= {since:Date} AND event_id IN {ids:Array(UUID)}
     UNION ALL
     SELECT toString(view_id) AS id FROM product_views WHERE date >= {since:Date} AND view_id IN {ids:Array(UUID)}`,
    { ids: [...ids], since },
  );
  return new Set(rows.map((row) => row.id));
}

/** A metric has no id of its own: the same row twice is one row. */
export function contentId(row: object): string {
  return createHash('sha256').update(JSON.stringify(row)).digest('hex').slice(0, 32);
}

interface Schema<Row> {
  safeParse(
    value: unknown,
  ):
    | { success: true; data: Row }
    | { success: false; error: { issues: { path: PropertyKey[]; message: string }[] } };
}

function collect<Row>(
  rows: readonly unknown[] | undefined,
  tag: LineTag,
  schema: Schema<Row>,
  idOf: (row: Row) => string,
  lines: Line[],
  rejected: Line[],
): void {
  for (const row of rows ?? []) {
    const parsed = schema.safeParse(row);
    if (parsed.success) {
      lines.push({ tag, id: idOf(parsed.data), text: JSON.stringify(parsed.data) });
    } else {
      const payload = JSON.stringify(row) ?? String(row);
      const reason = reasonOf(parsed.error.issues);
      rejected.push(deadLetterLine({ stream: TABLES[tag], reason, payload, made_by_server: true }));
    }
  }
}

/** The first two problems as one sentence. */
export function reasonOf(issues: readonly { path: PropertyKey[]; message: string }[]): string {
  return issues
    .slice(0, 2)
    .map(({ path, message }) => `${path.map(String).join('.') || 'the event'}: ${message}`)
    .join('; ');
}

function deadLetterLine(letter: DeadLetter): Line {
  const text = JSON.stringify({
    ...letter,
    payload: letter.payload.slice(0, PAYLOAD_CHARACTERS).toWellFormed(),
    received_at: new Date().toISOString(),
  });
  return { tag: 'd', id: randomUUID(), text };
}
