// What every feature is built from: the stores, the queue, the log and the clock, passed in by app.ts.
import type { FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';
import type { ClickHouse } from '../platform/clickhouse.ts';
import type { EventQueue } from '../platform/events.ts';
import type { Files } from '../platform/files.ts';
import type { Jobs } from '../platform/jobs.ts';
import type { Kv } from '../platform/kv.ts';
import type { Postgres } from '../platform/postgres.ts';
import type { Logger } from '../platform/telemetry.ts';

export interface Deps {
  config: Config;
  postgres: Postgres;
  clickhouse: ClickHouse;
  kv: Kv;
  files: Files;
  jobs: Jobs;
  events: EventQueue;
  log: Logger;
  now: () => Date;
}

/** Where a request came from, for sessions, the audit log and events. */
export interface Origin {
  ip_address: string | null;
  user_agent: string | null;
  request_id: string | null;
}

export function originOf(request: FastifyRequest): Origin {
  return {
    ip_address: request.ip,
    user_agent: request.headers['user-agent'] ?? null,
    request_id: request.id,
  };
}

/** A stored time as RFC 3339. */
export function iso(time: Date): string {
  return time.toISOString();
}

export function isoOrNull(time: Date | null): string | null {
  return time === null ? null : time.toISOString();
}
