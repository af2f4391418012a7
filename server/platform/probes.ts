// Health (the process answers), readiness (every store answers) and Prometheus metrics.
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
}

const PROBE_MS = 2_000;
const State = z.enum(['ok', 'failing']);
const Readiness = z.object({ status: State, stores: z.record(z.string(), State) });

async function answers(probe: Promise<unknown>): Promise<z.infer<typeof State>> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error('late')), PROBE_MS);
  });
  try {
    await Promise.race([probe, late]);
    return 'ok';
  } catch {
    return 'failing';
  } finally {
    clearTimeout(timer);
  }
}

export function addProbes(server: Server, stores: Probed, metrics: Metrics): void {
  const config = { auth: 'public', rate_limit: 'none' } as const;
  const tags = ['operations'];

  server.get(
    '/healthz',
    {
      config,
      schema: { tags, summary: 'The process answers', response: { 200: z.object({ status: State }) } },
    },
    async () => ({
      status: 'ok' as const,
    }),
  );

  server.get(
    '/readyz',
    {
      config,
      schema: { tags, summary: 'Every store answers', response: { 200: Readiness, 503: Readiness } },
    },
    async (_request, reply) => {
      const names = ['postgres', 'clickhouse', 'kv', 'files'] as const;
      const states = await Promise.all(names.map((name) => answers(stores[name].ping())));
      const failing = states.includes('failing');
      return reply.code(failing ? 503 : 200).send({
        status: failing ? 'failing' : 'ok',
        stores: Object.fromEntries(names.map((name, i) => [name, states[i] ?? 'failing'])),
      });
    },
  );

  server.get(
    '/metrics',
    { config, schema: { tags, summary: 'Prometheus metrics' } },
    async (_request, reply) => {
      for (const queue of await stores.jobs.counts().catch(() => [])) {
        for (const state of ['queued', 'active', 'failed'] as const)
          metrics.jobs.set({ queue: queue.name, state }, queue[state]);
      }
      return reply
        .type(metrics.content_type)
        .serializer((payload: unknown) => payload as string)
        .send(await metrics.text());
    },
  );
}
