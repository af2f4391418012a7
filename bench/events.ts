// How fast events get from HTTP into ClickHouse, embedded, on this machine: the same events once as plain inserts of
// finished rows (the baseline), once through the queue, once over HTTP from another thread in calls of a hundred. The HTTP
// side is the whole service: its server, its route, its checks and its queue.

import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { type EventInput, EventRow } from '../contract/events.ts';
import { openApp } from '../server/app.ts';
import type { Figure } from '../server/commands/bench.ts';
import { readConfig } from '../server/config.ts';
import type { ClickHouse } from '../server/platform/clickhouse.ts';
import { type EventSender, eventRows } from '../server/platform/event-rows.ts';
import type { EventQueue } from '../server/platform/events.ts';
import type { Server } from '../server/platform/http.ts';
import { makeLogger } from '../server/platform/telemetry.ts';

const EVENTS = 200_000;
const CALL = 100;
const CALLERS = 16;
const INSERT = 10_000;

export async function eventsSuite({ size = EVENTS }: { size?: number } = {}): Promise<Figure[]> {
  const events = Math.max(INSERT, Math.ceil(size / INSERT) * INSERT);
  const folder = await mkdtemp(join(tmpdir(), 'ofs-bench-events-'));
  const config = readConfig(
    { NODE_ENV: 'production', LOG_LEVEL: 'silent', OFS_SEED_DEMO: 'false', API_RATE_PER_MINUTE: '100000000' },
    { data_dir: folder },
  );
  const app = await openApp(config, makeLogger('silent'));
  try {
    await app.startWork({ work: false });
    const { clickhouse, events: queue } = app.deps;
    const raw = await plainInserts(clickhouse, events);
    const queued = await throughQueue(queue, clickhouse, events);
    const server = await app.makeHttp({ demo: () => null });
    const served = await overHttp(server, queue, clickhouse, events);
    await server.close();
    return [
      {
        figure: 'plain inserts of finished rows, 10,000 each',
        unit: 'events/s',
        value: raw.rate,
        baseline: null,
        ratio: null,
      },
      figure('events through the queue, 100 a call', queued.rate, raw.rate),
      { figure: 'append of 100 events, p95', unit: 'ms', value: queued.p95, baseline: null, ratio: null },
      figure('events over HTTP, whole service, 100 a call', served.rate, raw.rate),
      { figure: 'HTTP call of 100 events, p95', unit: 'ms', value: served.p95, baseline: null, ratio: null },
      {
        figure: 'processor time of 100,000 events over HTTP, sender included',
        unit: 's',
        value: served.cpu,
        baseline: raw.cpu,
        ratio: Math.round((served.cpu / raw.cpu) * 1000) / 1000,
      },
      {
        figure: 'events lost or doubled',
        unit: 'events',
        value: queued.wrong + served.wrong,
        baseline: null,
        ratio: null,
      },
    ];
  } finally {
    await app.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function figure(name: string, value: number, baseline: number): Figure {
  return {
    figure: name,
    unit: 'events/s',
    value,
    baseline,
    ratio: Math.round((value / baseline) * 1000) / 1000,
  };
}

const SENDER: EventSender = {
  user_id: randomUUID(),
  organization_id: null,
  user_type: 'designer',
  user_agent:
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
  ip_address: '203.0.113.9',
  received_at: new Date(),
};

/** A call's worth of events like those of the web app. */
export function callOf(size: number): { events: EventInput[]; product_views: [] } {
  const session_id = randomUUID();
  return {
    product_views: [],
    events: Array.from({ length: size }, (_, index) => ({
      event_id: randomUUID(),
      event_name: ['page_viewed', 'plan_opened', 'product_searched', 'scenario_compared'][index % 4]!,
      event_type: index % 4 === 0 ? 'page_view' : 'action',
      session_id,
      anonymous_id: session_id,
      properties: {
        query: `task chair ${index}`,
        result_count: index,
        filters: { category: 'seating', max_price: 900 },
      },
      page_url: 'http://localhost:3000/projects/8f14e45f-ceea-467f-a0e6-b0a1c0f4a001/plan',
      page_title: 'Plan',
      referrer: 'http://localhost:3000/projects',
      timestamp: new Date().toISOString(),
    })),
  };
}

function sender(organization_id: string): EventSender {
  return { ...SENDER, organization_id, received_at: new Date() };
}

async function plainInserts(clickhouse: ClickHouse, events: number) {
  const bodies = Array.from({ length: events / INSERT }, () => {
    const { rows } = eventRows(callOf(INSERT), sender(randomUUID()));
    return Buffer.from(rows.events.map((row) => JSON.stringify(EventRow.parse(row))).join('\n'));
  });
  const start = performance.now();
  const before = process.cpuUsage();
  for (const body of bodies)
    await clickhouse.insertLines('events', body, { deduplication_token: randomUUID() });
  return { rate: rate(events, start), cpu: cpuOf(before, events) };
}

async function throughQueue(queue: EventQueue, clickhouse: ClickHouse, events: number) {
  const organization_id = randomUUID();
  const calls = Array.from({ length: events / CALL }, () => callOf(CALL));
  const took: number[] = [];
  const start = performance.now();
  const caller = async () => {
    for (let call = calls.pop(); call !== undefined; call = calls.pop()) {
      const began = performance.now();
      await queue.append(eventRows(call, sender(organization_id)).rows);
      took.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, caller));
  await queue.drain(120_000);
  return {
    rate: rate(events, start),
    p95: p95(took),
    wrong: await wrong(clickhouse, organization_id, events),
  };
}

/** Through the service's own server and route, by somebody without an account: only their events have no organization. */
async function overHttp(server: Server, queue: EventQueue, clickhouse: ClickHouse, events: number) {
  await server.listen({ port: 0, host: '127.0.0.1' });
  const { port } = server.server.address() as AddressInfo;
  const client = new Worker(fileURLToPath(new URL('./events-client.ts', import.meta.url)), {
    workerData: {
      url: `http://127.0.0.1:${port}/api/v1/events`,
      calls: events / CALL,
      call: CALL,
      callers: CALLERS,
    },
  });
  const message = () =>
    new Promise<number[]>((resolve, reject) => {
      client.once('message', resolve);
      client.once('error', reject);
    });
  try {
    await message();
    const start = performance.now();
    const before = process.cpuUsage();
    client.postMessage('go');
    const took = await message();
    await queue.drain(120_000);
    return {
      cpu: cpuOf(before, events),
      rate: rate(events, start),
      p95: p95(took),
      wrong: await wrong(clickhouse, null, events),
    };
  } finally {
    await client.terminate();
  }
}

/** How far the rows and the daily sums are from what was sent. */
async function wrong(
  clickhouse: ClickHouse,
  organization_id: string | null,
  events: number,
): Promise<number> {
  const nobody = '00000000-0000-0000-0000-000000000000';
  const [stored] = await clickhouse.query<{ ids: number; rows: number; summed: number; used: number }>(
    `SELECT uniqExact(event_id) AS ids, count() AS rows,
       (SELECT sum(events) FROM events_daily WHERE organization_id = {organization_id:UUID}) AS summed,
       (SELECT sum(page_views + actions) FROM usage_daily WHERE organization_id = {organization_id:UUID}) AS used
     FROM events WHERE ifNull(organization_id, toUUID('${nobody}')) = {organization_id:UUID}`,
    { organization_id: organization_id ?? nobody },
  );
  const { ids = 0, rows = 0, summed = 0, used = 0 } = stored ?? {};
  return [ids, rows, summed, used].reduce((total, count) => total + Math.abs(events - Number(count)), 0);
}

/** Seconds of processor time for 100,000 events, all threads: the same on a busy machine. */
function cpuOf(before: NodeJS.CpuUsage, events: number): number {
  const { user, system } = process.cpuUsage(before);
  return Math.round(((user + system) / 1e6 / events) * 100_000 * 1000) / 1000;
}

function rate(events: number, start: number): number {
  return Math.round(events / ((performance.now() - start) / 1000));
}

function p95(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Math.round((sorted[Math.floor(sorted.length * 0.95)] ?? 0) * 10) / 10;
}
