// A process that writes events until it is killed, for tests: each batch it was told is safe it reports as one line
// `safe <first> <last>` (numbers in the events' page_title). Run with one argument, a JSON object of WriterOptions.

import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { type ClickHouse, type ClickHouseOptions, openClickHouse } from '../../server/platform/clickhouse.ts';
import { openEvents } from '../../server/platform/events.ts';
import { createAnalyticsTables } from './clickhouse-schema.ts';

export interface WriterOptions {
  clickhouse: ClickHouseOptions;
  queue:
    | { mode: 'journal'; folder: string }
    | { mode: 'redis'; url: string; prefix: string; reclaim_ms: number };
  organization_id: string;
  /** Number of the first event. */
  from: number;
  /** Where it kills itself: never, before or after ClickHouse has taken the nth insert, or so many ms into it. */
  die:
    | { at: 'never' }
    | { at: 'before' | 'after'; insert: number }
    | { at: 'within'; insert: number; ms: number };
}

const options = JSON.parse(process.argv[2] ?? '{}') as WriterOptions;
const clickhouse = await openClickHouse(options.clickhouse);
await createAnalyticsTables(clickhouse);
const queue = await openEvents({
  ...options.queue,
  clickhouse: mortal(clickhouse),
  flush_ms: 20,
  ...(options.queue.mode === 'journal' ? { segment_bytes: 40_000 } : {}),
});
writeSync(1, 'ready\n');

let number = options.from;
for (;;) {
  await Promise.all(Array.from({ length: 4 }, () => writeBatch()));
  // Not far ahead of what is inserted: whoever counts at the end inserts the rest first.
  while (await isFarAhead()) await wait(2);
}

async function isFarAhead(): Promise<boolean> {
  const { pending, unit } = await queue.status();
  return pending > (unit === 'bytes' ? 400_000 : 40);
}

async function writeBatch(): Promise<void> {
  const first = number;
  number += 25;
  const last = number - 1;
  const events = Array.from({ length: 25 }, (_, index) => ({
    event_id: randomUUID(),
    event_name: 'written',
    event_type: 'action',
    session_id: randomUUID(),
    organization_id: options.organization_id,
    page_title: String(first + index),
    // Several months: one insert makes several parts.
    timestamp: `2026-0${1 + ((first + index) % 5)}-10T00:00:00.000Z`,
  }));
  await queue.append({ events });
  writeSync(1, `safe ${first} ${last}\n`);
}

function mortal(inner: ClickHouse): ClickHouse {
  const { die } = options;
  let inserts = 0;
  const end = () => process.kill(process.pid, 'SIGKILL');
  return {
    ...inner,
    async insertLines(table, lines, insert) {
      inserts += 1;
      const now = die.at !== 'never' && inserts === die.insert;
      if (now && die.at === 'before') end();
      if (now && die.at === 'within') setTimeout(end, die.ms);
      await inner.insertLines(table, lines, insert);
      if (now && die.at === 'after') end();
    },
  };
}
