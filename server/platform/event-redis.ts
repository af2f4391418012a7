// Owns the event queue that many processes share: a Redis stream with one consumer group. Which entries make up a
// batch is written down in Redis before it is inserted, so that whoever finishes it after a crash sends the same
// rows under the same token. Entries are acknowledged and deleted only when ClickHouse has confirmed them.

import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { insertBatch } from './event-insert.ts';
import { queueFull } from './event-journal.ts';
import { type EventQueueCommon, type EventQueueStatus, type LineQueue, REMEMBER_MS } from './event-queue.ts';
import {
  appendEntry,
  type Batch,
  claimStale,
  type Entry,
  finishBatch,
  forgetConsumers,
  forgetSelf,
  type Keys,
  planBatch,
  readEntries,
  stalePlans,
} from './event-stream.ts';
import { faultPoint } from './fault.ts';
import { connectRedis } from './kv.ts';

export interface RedisQueueOptions extends EventQueueCommon {
  url: string;
  prefix?: string;
  /** More entries than this in the stream and append() refuses; 200,000. */
  max_entries?: number;
  /** Work of another process is taken over when it has rested this long; 60,000 ms. */
  reclaim_ms?: number;
}

const GROUP = 'clickhouse';
const LONG_MS = 7 * 24 * 3_600_000;
const BATCH_BYTES = 4 * 1024 * 1024;
const CLOSE_MS = 5_000;
const FIRST_PAUSE_MS = 250;
const PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

export async function openRedisQueue(options: RedisQueueOptions): Promise<LineQueue> {
  const { clickhouse, flush_ms = 500, consume = true, max_entries = 200_000, reclaim_ms = 60_000 } = options;
  const { remember_ms = REMEMBER_MS } = options;
  const onError = options.onError ?? ((error: Error) => console.error(error.message));
  const root = `${options.prefix ?? 'ofs:'}{events}`;
  const keys: Keys = {
    stream: `${root}:stream`,
    plans: `${root}:plans`,
    planned: `${root}:planned`,
    seen: `${root}:seen:`,
    group: GROUP,
    consumer: `${hostname()}-${process.pid}-${randomBytes(4).toString('hex')}`,
  };
  const redis = await connectRedis(options.url, onError);
  await ensureGroup(redis, keys);
  const counts = { inserted_rows: 0, dead_letters: 0, failed_attempts: 0 };
  let last_error: string | undefined;
  let stopping = false;

  const failed = async (error: unknown, pause: number): Promise<void> => {
    counts.failed_attempts += 1;
    last_error = (error as Error).message;
    onError(new Error(`Events could not be inserted, trying again: ${last_error}`, { cause: error }));
    for (let end = Date.now() + pause; Date.now() < end && !stopping; ) await wait(Math.min(50, pause));
  };

  /** Tries until ClickHouse has taken the batch; when stopped before, another process finishes it. */
  const insert = async ({ token, ids, entries }: Batch): Promise<void> => {
    for (let pause = FIRST_PAUSE_MS; !stopping || pause === FIRST_PAUSE_MS; ) {
      try {
        const inserted = await insertBatch(
          clickhouse,
          token,
          entries.map(({ payload }) => payload),
        );
        await finishBatch(redis, keys, token, ids);
        await faultPoint('events.finished');
        counts.inserted_rows += inserted.rows;
        counts.dead_letters += inserted.dead_letters;
        last_error = undefined;
        return;
      } catch (error) {
        await failed(error, pause);
        pause = Math.min(LONGEST_PAUSE_MS, pause * 2);
      }
    }
  };

  /** Gathers entries for flush_ms or four megabytes, writes down what the batch is, inserts it. */
  const round = async (reader: Redis): Promise<void> => {
    const entries: Entry[] = [];
    let bytes = 0;
    const end = Date.now() + flush_ms;
    for (let left = flush_ms; left > 0 && bytes < BATCH_BYTES && !stopping; left = end - Date.now()) {
      for (const entry of await readEntries(reader, keys, left)) {
        entries.push(entry);
        bytes += entry.payload.length;
      }
    }
    if (entries.length === 0) return;
    const batch = await planBatch(redis, keys, entries);
    if (batch !== undefined) await insert(batch);
  };

  /** What other processes left: first the batches that were begun, then the entries that were only read. */
  const takeOver = async (): Promise<void> => {
    for (const batch of await stalePlans(redis, keys, reclaim_ms)) await insert(batch);
    const left = await claimStale(redis, keys, reclaim_ms);
    const batch = left.length === 0 ? undefined : await planBatch(redis, keys, left);
    if (batch !== undefined) await insert(batch);
    await forgetConsumers(redis, keys);
  };

  const consumer = consume ? await connectRedis(options.url, onError, true) : undefined;
  const run = async (reader: Redis): Promise<void> => {
    let nextTakeOver = 0;
    while (!stopping) {
      try {
        if (Date.now() >= nextTakeOver) {
          nextTakeOver = Date.now() + reclaim_ms / 2;
          await takeOver();
        }
        await round(reader);
      } catch (error) {
        if (stopping) return;
        await failed(error, PAUSE_MS);
        if (String(last_error).includes('NOGROUP')) await ensureGroup(redis, keys).catch(onError);
      }
    }
  };
  const running = consumer === undefined ? Promise.resolve() : run(consumer);

  return {
    async append(lines, remember = 'short') {
      if (stopping) throw new Error('The event queue is closed');
      const kept_ms = remember === 'long' ? LONG_MS : remember_ms;
      if (!(await appendEntry(redis, keys, lines, max_entries, kept_ms))) throw queueFull();
    },
    remembersSince: () => Date.now() - remember_ms,
    async drain(timeout_ms) {
      const end = Date.now() + timeout_ms;
      const [newest] = await redis.xrevrange(keys.stream, '+', '-', 'COUNT', 1);
      while (
        newest !== undefined &&
        (await redis.xrange(keys.stream, '-', newest[0], 'COUNT', 1)).length > 0
      ) {
        if (Date.now() > end)
          throw new Error(`Events are not all inserted after ${timeout_ms} ms: ${last_error ?? 'busy'}`);
        await wait(25);
      }
    },
    async status(): Promise<EventQueueStatus> {
      const [first] = await redis.xrange(keys.stream, '-', '+', 'COUNT', 1);
      const since = first === undefined ? Date.now() : Number(first[0].split('-')[0]);
      return {
        pending: await redis.xlen(keys.stream),
        unit: 'entries',
        oldest_seconds: Math.max(0, (Date.now() - since) / 1000),
        ...counts,
        last_error,
      };
    },
    async close() {
      if (stopping) return;
      stopping = true;
      const limit = new AbortController();
      await Promise.race([running, wait(CLOSE_MS, undefined, { signal: limit.signal }).catch(() => {})]);
      limit.abort();
      consumer?.disconnect();
      await forgetSelf(redis, keys).catch(() => undefined);
      await redis.quit().catch(() => undefined);
    },
  };
}

async function ensureGroup(redis: Redis, keys: Keys): Promise<void> {
  await redis.xgroup('CREATE', keys.stream, keys.group, '0', 'MKSTREAM').catch((error: Error) => {
    if (!error.message.includes('BUSYGROUP')) throw error;
  });
}
