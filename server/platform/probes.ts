// Health (the process answers), readiness (the schema is this program's, every store and the job queue answer, and the
// process is not stopping) and Prometheus metrics; for processes that serve and, on a port of their own, for workers.
import { createServer, type Server as HttpServer, type ServerResponse } from 'node:http';
import { z } from 'zod';
import type { ClickHouse } from './clickhouse.ts';
import type { EventQueue } from './events.ts';
import type { Files } from './files.ts';
import type { Server } from './http.ts';
import type { Jobs } from './jobs.ts';
import type { Kv } from './kv.ts';
import type { Postgres } from './postgres.ts';
import type { Metrics } from './telemetry.ts';

export interface Probed {
  postgres: Postgres;
  clickhouse: ClickHouse;
  kv: Kv;
  files: Files;
  jobs: Jobs;
  events: EventQueue;
  /** Rejects while a migration that this program has is not applied. */
  schema: () => Promise<void>;
  /** True from the moment the process was told to stop. */
  stopping: () => boolean;
}

const PROBE_MS = 2_000;
const State = z.enum(['ok', 'failing']);
const Readiness = z.object({ status: State, stores: z.record(z.string(), State) });
type Readiness = z.infer<typeof Readiness>;

async function answers(probe: () => Promise<unknown>): Promise<z.infer<typeof State>> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error('late')), PROBE_MS);
  });
  try {
    await Promise.race([probe(), late]);
    return 'ok';
  } catch {
    return 'failing';
  } finally {
    clearTimeout(timer);
  }
}

export async function readiness(probed: Probed): Promise<Readiness> {
  const probes: Record<string, () => Promise<unknown>> = {
    postgres: () => probed.postgres.ping(),
    clickhouse: () => probed.clickhouse.ping(),
    kv: () => probed.kv.ping(),
    files: () => probed.files.ping(),
    schema: () => probed.schema(),
    jobs: () => probed.jobs.ping(),
  };
  const states = await Promise.all(
    Object.entries(probes).map(async ([name, probe]) => [name, await answers(probe)] as const),
  );
  const failing = probed.stopping() || states.some(([, state]) => state === 'failing');
  return { status: failing ? 'failing' : 'ok', stores: Object.fromEntries(states) };
}

/** Brings the gauges up to date and gives every metric as text. */
async function metricsText(probed: Probed, metrics: Metrics): Promise<string> {
  const [queues, events, letters] = await Promise.all([
    probed.jobs.counts().catch(() => []),
    probed.events.status().catch(() => undefined),
    probed.clickhouse
      .query<{ n: number }>('SELECT count() AS n FROM event_dead_letters')
      .catch(() => undefined),
  ]);
  metrics.jobs.reset();
  for (const queue of queues) {
    for (const state of ['queued', 'active', 'failed'] as const)
      metrics.jobs.set({ queue: queue.name, state }, queue[state]);
    metrics.job_age.set({ queue: queue.name }, queue.oldest_seconds);
  }
  if (events !== undefined) {
    metrics.events_pending.set({ unit: events.unit }, events.pending);
    metrics.events_lag.set(events.oldest_seconds);
    metrics.events_failing.set(events.last_error === undefined ? 0 : 1);
  }
  if (letters !== undefined) metrics.event_dead_letters.set(letters[0]?.n ?? 0);
  return await metrics.text();
}

export function addProbes(server: Server, probed: Probed, metrics: Metrics): void {
  const config = { auth: 'public', permission: 'public', rate_limit: 'none' } as const;
  const tags = ['operations'];

  server.get(
    '/healthz',
    {
      config,
      schema: { tags, summary: 'The process answers', response: { 200: z.object({ status: State }) } },
    },
    async () => ({ status: 'ok' as const }),
  );
  server.get(
    '/readyz',
    {
      config,
      schema: {
        tags,
        summary: 'Every store answers and the schema is up to date',
        response: { 200: Readiness, 503: Readiness },
      },
    },
    async (_request, reply) => {
      const state = await readiness(probed);
      return reply.code(state.status === 'ok' ? 200 : 503).send(state);
    },
  );
  server.get(
    '/metrics',
    { config, schema: { tags, summary: 'Prometheus metrics' } },
    async (_request, reply) =>
      reply
        .type(metrics.content_type)
        .serializer((payload: unknown) => payload as string)
        .send(await metricsText(probed, metrics)),
  );
}

/** The same three addresses for a process that serves nothing else. */
export async function serveProbes(
  probed: Probed,
  metrics: Metrics,
  at: { host: string; port: number },
): Promise<HttpServer> {
  const send = (response: ServerResponse, status: number, type: string, body: string) =>
    response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
  const server = createServer((request, response) => {
    const answer = async () => {
      const path = (request.url ?? '').split('?')[0];
      if (path === '/healthz') return send(response, 200, 'application/json', '{"status":"ok"}');
      if (path === '/metrics')
        return send(response, 200, metrics.content_type, await metricsText(probed, metrics));
      if (path !== '/readyz') return send(response, 404, 'text/plain', 'There is nothing here.\n');
      const state = await readiness(probed);
      return send(response, state.status === 'ok' ? 200 : 503, 'application/json', JSON.stringify(state));
    };
    answer().catch(() => send(response, 500, 'text/plain', 'failed\n'));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(at.port, at.host, resolve);
  });
  return server;
}
