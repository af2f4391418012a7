// What was confirmed is in ClickHouse exactly once, wherever a process is killed on the way: a writing process is
// killed with SIGKILL again and again, at chosen steps and at odd moments, and at the end every event is counted.

import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { type ClickHouse, type ClickHouseOptions, openClickHouse } from '../../server/platform/clickhouse.ts';
import { openEvents } from '../../server/platform/events.ts';
import { createAnalyticsTables } from './clickhouse-schema.ts';
import type { WriterOptions } from './event-writer.ts';
import { start } from './processes.ts';
import { skipReason, startServers } from './services.ts';

const WRITER = fileURLToPath(new URL('./event-writer.ts', import.meta.url));
const DEATHS: WriterOptions['die'][] = [
  { at: 'before', insert: 1 },
  { at: 'after', insert: 1 },
  { at: 'after', insert: 4 },
  { at: 'within', insert: 2, ms: 1 },
  { at: 'within', insert: 3, ms: 4 },
  { at: 'within', insert: 3, ms: 17 },
];

const servers = await startServers(['redis', 'clickhouse']);
const reason = skipReason(servers);
if (reason !== undefined) console.log(reason);
const folder = await mkdtemp(join(tmpdir(), 'ofs-killed-'));
afterAll(async () => {
  await servers.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Numbers of the events that a writer was told are safe before it died. */
async function writeUntilKilled(options: WriterOptions): Promise<number[]> {
  const running = start(process.execPath, [WRITER, JSON.stringify(options)], {});
  let output = '';
  running.child.stdout?.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const [code, signal] = (await once(running.child, 'close')) as [number | null, string | null];
  if (signal !== 'SIGKILL') throw new Error(`The writer ended by itself (${code}): ${running.output()}`);
  const lines = output.slice(0, output.lastIndexOf('\n') + 1).matchAll(/^safe (\d+) (\d+)$/gm);
  return [...lines].flatMap(([, first, last]) => range(Number(first), Number(last)));
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

async function expectExactly(clickhouse: ClickHouse, organization_id: string, safe: number[]): Promise<void> {
  const params = { organization_id };
  const rows = await clickhouse.query<{ number: string; times: number }>(
    `SELECT page_title AS number, count() AS times FROM events WHERE organization_id = {organization_id:UUID} GROUP BY number`,
    params,
  );
  const stored = new Set(rows.map(({ number }) => Number(number)));
  expect(safe.filter((number) => !stored.has(number))).toEqual([]);
  expect(rows.filter(({ times }) => times !== 1)).toEqual([]);
  expect(safe.length).toBeGreaterThan(DEATHS.length * 25);
  const byDay = `SELECT date, sum(events) AS n FROM events_daily WHERE organization_id = {organization_id:UUID} GROUP BY date ORDER BY date`;
  const counted = `SELECT date, count() AS n FROM events WHERE organization_id = {organization_id:UUID} GROUP BY date ORDER BY date`;
  expect(await clickhouse.query(byDay, params)).toEqual(await clickhouse.query(counted, params));
}

async function killAgainAndAgain(options: Omit<WriterOptions, 'from' | 'die'>): Promise<void> {
  const safe: number[] = [];
  for (const [index, die] of DEATHS.entries()) {
    safe.push(...(await writeUntilKilled({ ...options, from: index * 1_000_000, die })));
  }
  const clickhouse = await openClickHouse(options.clickhouse);
  try {
    await createAnalyticsTables(clickhouse);
    const queue = await openEvents({ ...options.queue, clickhouse, flush_ms: 20 });
    await queue.drain();
    await queue.close();
    await expectExactly(clickhouse, options.organization_id, safe);
  } finally {
    await clickhouse.close();
  }
}

const embedded: ClickHouseOptions = { mode: 'embedded', path: join(folder, 'clickhouse') };

describe('a process that is killed', () => {
  it('loses and doubles nothing: journal and embedded ClickHouse', async () => {
    await killAgainAndAgain({
      clickhouse: embedded,
      queue: { mode: 'journal', folder: join(folder, 'events') },
      organization_id: randomUUID(),
    });
  });

  it.skipIf(servers.clickhouse === undefined)(
    'loses and doubles nothing: journal and a ClickHouse server',
    async () => {
      await killAgainAndAgain({
        clickhouse: { mode: 'server', url: servers.clickhouse!.url },
        queue: { mode: 'journal', folder: join(folder, 'events-for-server') },
        organization_id: randomUUID(),
      });
    },
  );

  it.skipIf(reason !== undefined)(
    'loses and doubles nothing: Redis stream and a ClickHouse server',
    async () => {
      await killAgainAndAgain({
        clickhouse: { mode: 'server', url: servers.clickhouse!.url },
        queue: { mode: 'redis', url: servers.redis!.url, prefix: `test-${randomUUID()}:`, reclaim_ms: 1_000 },
        organization_id: randomUUID(),
      });
    },
  );
});
