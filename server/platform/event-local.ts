// Owns the event queue of a single machine: the journal in front, a consumer that inserts one closed segment after
// another and removes it only when ClickHouse has confirmed it. The token of an insert is the segment's name.

import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { insertBatch } from './event-insert.ts';
import { openJournal } from './event-journal.ts';
import {
  type EventQueueCommon,
  type EventQueueStatus,
  type Line,
  type LineQueue,
  REMEMBER_MS,
} from './event-queue.ts';
import { makeRecentIds, type RecentIds } from './event-recent.ts';
import { recoverBatch } from './event-recovery.ts';
import { faultPoint } from './fault.ts';

const FLUSH_MS = 500;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 30_000;
const CLOSE_MS = 5_000;
const LONG_MS = 7 * 24 * 3_600_000;
/** Ids of each kind that are read back after a start. */
const MOST_ARRIVED = 100_000;

type Ids = Pick<RecentIds, 'has' | 'add' | 'forget'>;

export interface JournalQueueOptions extends EventQueueCommon {
  folder: string;
  segment_bytes?: number;
  max_bytes?: number;
}

export async function openJournalQueue(options: JournalQueueOptions): Promise<LineQueue> {
  const { clickhouse, flush_ms = FLUSH_MS, consume = true, remember_ms = REMEMBER_MS } = options;
  const onError = options.onError ?? ((error: Error) => console.error(error.message));
  const { folder, segment_bytes, max_bytes } = options;
  const journal = await openJournal({
    folder,
    ...(segment_bytes === undefined ? {} : { segment_bytes }),
    ...(max_bytes === undefined ? {} : { max_bytes }),
  });
  const recent = makeRecentIds(Date.now, remember_ms);
  const long = makeRecentIds(Date.now, LONG_MS);
  const begun = recent.since();
  const complete_since = await rememberArrived(recent, long, { ...options, remember_ms }, journal, begun);
  const under_way = new Set<Promise<void>>();
  const counts = { inserted_rows: 0, dead_letters: 0, failed_attempts: 0 };
  let last_error: string | undefined;
  let pause = 0;
  let notBefore = 0;
  let working: Promise<void> | undefined;
  let shut = false;

  /**
   * The oldest segment of a process before this one: segments go in one by one, oldest first, so no other can have
   * been on its way when the embedded engine died together with that process.
   */
  let inherited = clickhouse.mode === 'embedded' ? journal.closed()[0] : undefined;
  const insertInherited = async (): Promise<void> => {
    if (inherited === undefined) return;
    const recovered = await recoverBatch(clickhouse, await journal.read(inherited));
    await journal.remove(inherited);
    inherited = undefined;
    counts.inserted_rows += recovered.rows;
    counts.dead_letters += recovered.dead_letters;
  };

  const insertClosed = async (): Promise<void> => {
    await insertInherited();
    for (const name of journal.closed()) {
      const inserted = await insertBatch(clickhouse, name, await journal.read(name));
      await journal.remove(name);
      await faultPoint('events.finished');
      counts.inserted_rows += inserted.rows;
      counts.dead_letters += inserted.dead_letters;
      pause = 0;
      last_error = undefined;
    }
  };

  /** One round: close what has gathered, insert all that is closed; after a failure wait ever longer. */
  const work = (): Promise<void> => {
    working ??= (async () => {
      try {
        await journal.rotate();
        await insertClosed();
      } catch (error) {
        counts.failed_attempts += 1;
        last_error = (error as Error).message;
        pause = Math.min(LONGEST_PAUSE_MS, pause === 0 ? FIRST_PAUSE_MS : pause * 2);
        notBefore = Date.now() + pause;
        onError(new Error(`Events could not be inserted, trying again: ${last_error}`, { cause: error }));
      } finally {
        working = undefined;
      }
    })();
    return working;
  };
  const timer = setInterval(() => {
    if (consume && journal.bytes() > 0 && Date.now() >= notBefore) void work();
  }, flush_ms);
  timer.unref();

  return {
    append: (lines, remember = 'short') => {
      const [kept, other] = remember === 'long' ? [long, recent] : [recent, long];
      const known: Ids = {
        has: (key) => kept.has(key) || other.has(key),
        add: (key) => !other.has(key) && kept.add(key),
        forget: (key) => kept.forget(key),
      };
      return appendNew(lines, known, under_way, (bytes) => journal.append(bytes));
    },
    remembersSince: () => (recent.since() <= begun ? complete_since : recent.since()),
    async drain(timeout_ms) {
      const end = Date.now() + timeout_ms;
      await journal.rotate();
      const names = new Set(journal.closed());
      while (journal.closed().some((name) => names.has(name))) {
        if (Date.now() > end)
          throw new Error(`Events are not all inserted after ${timeout_ms} ms: ${last_error ?? 'busy'}`);
        if (consume) await work();
        if (last_error !== undefined || !consume) await wait(100);
      }
    },
    async status(): Promise<EventQueueStatus> {
      const oldest = journal.oldest();
      return {
        pending: journal.bytes(),
        unit: 'bytes',
        oldest_seconds: oldest === undefined ? 0 : Math.max(0, (Date.now() - oldest) / 1000),
        ...counts,
        last_error,
      };
    },
    async close() {
      if (shut) return;
      shut = true;
      clearInterval(timer);
      await journal.close();
      if (consume && journal.closed().length > 0) {
        const limit = new AbortController();
        await Promise.race([
          work().then(() => work()),
          wait(CLOSE_MS, undefined, { signal: limit.signal }).catch(() => {}),
        ]);
        limit.abort();
      }
    },
  };
}

/**
 * Appends the lines whose ids are new. One that was there before may be on its way to disk in another call: then this one
 * waits for what is under way, and is refused too where that failed.
 */
async function appendNew(
  lines: readonly Line[],
  recent: Ids,
  under_way: Set<Promise<void>>,
  append: (bytes: Buffer) => Promise<void>,
): Promise<void> {
  const mine: string[] = [];
  const known: string[] = [];
  let text = '';
  for (const { tag, id, text: row } of lines) {
    const key = tag + id;
    if (recent.add(key)) {
      mine.push(key);
      text += `${tag}${row}\n`;
    } else known.push(key);
  }
  const others = known.length === 0 ? [] : [...under_way];
  if (mine.length > 0) {
    const written = append(Buffer.from(text));
    under_way.add(written);
    try {
      await written;
    } catch (error) {
      for (const key of mine) recent.forget(key);
      throw error;
    } finally {
      under_way.delete(written);
    }
  }
  await Promise.allSettled(others);
  if (!known.every((key) => recent.has(key)))
    throw new Error('The call that brought these events first could not be written; send them again');
}

/**
 * After a start: the ids still in the journal, and those that reached ClickHouse lately. Gives since when all of them are
 * known: the start itself where ClickHouse was away or had too many.
 */
async function rememberArrived(
  recent: RecentIds,
  long: RecentIds,
  { clickhouse, onError, remember_ms }: EventQueueCommon & { remember_ms: number },
  journal: { closed(): string[]; read(name: string): Promise<Buffer[]> },
  begun: number,
): Promise<number> {
  for (const name of journal.closed()) {
    for (const frame of await journal.read(name)) {
      for (const line of frame.toString('utf8').split('\n')) {
        const id = line.startsWith('r')
          ? createHash('sha256').update(line.slice(1)).digest('hex').slice(0, 32)
          : /^(?:e\{"event_id"|p\{"view_id"):"([^"]+)"/.exec(line)?.[1];
        if (id !== undefined) long.add(line[0] + id);
      }
    }
  }
  try {
    const arrived = await clickhouse.query<{ key: string }>(
      `SELECT concat('e', toString(event_id)) AS key FROM events
       WHERE date >= today() - 31 AND ingested_at >= fromUnixTimestamp64Milli({since:Int64}) ORDER BY ingested_at DESC LIMIT ${MOST_ARRIVED}
       UNION ALL
       SELECT concat('p', toString(view_id)) FROM product_views
       WHERE date >= today() - 31 AND timestamp >= now() - INTERVAL 1 DAY ORDER BY timestamp DESC LIMIT ${MOST_ARRIVED}`,
      { since: begun - remember_ms },
    );
    for (const { key } of arrived) recent.add(key);
    return arrived.length < MOST_ARRIVED ? begun - remember_ms : begun;
  } catch (error) {
    onError?.(new Error(`Recent events could not be read: ${(error as Error).message}`, { cause: error }));
    return begun;
  }
}
