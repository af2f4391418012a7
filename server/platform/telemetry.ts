// Structured logs and Prometheus metrics. Secrets never reach the log: known fields are cut out.
import { type Logger, pino } from 'pino';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export type { Logger } from 'pino';

const REDACTED = [
  'password',
  '*.password',
  'token',
  '*.token',
  'authorization',
  '*.authorization',
  'cookie',
  '*.cookie',
  'headers',
];

/** Logs as JSON lines on stderr, so that a command's result on stdout stays clean. */
export function makeLogger(level: string): Logger {
  return pino(
    { level, redact: { paths: REDACTED, censor: '[removed]' }, base: { service: 'ofs' } },
    pino.destination({ fd: 2, sync: true }),
  );
}

export interface Metrics {
  http: Histogram<'method' | 'route' | 'status'>;
  jobs: Gauge<'queue' | 'state'>;
  text(): Promise<string>;
  content_type: string;
}

export function makeMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'ofs_' });
  const http = new Histogram({
    name: 'ofs_http_request_seconds',
    help: 'Time from request to response, by route',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  });
  const jobs = new Gauge({
    name: 'ofs_jobs',
    help: 'Jobs by queue and state',
    labelNames: ['queue', 'state'] as const,
    registers: [registry],
  });
  return { http, jobs, text: () => registry.metrics(), content_type: registry.contentType };
}
