// Structured logs and Prometheus metrics. Secrets and personal data never reach the log: known fields are cut out, and
// what stands in free text (errors of drivers quote addresses, parameters, headers) is rubbed out by its shape.
import { type Logger, pino } from 'pino';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export type { Logger } from 'pino';

const SECRET_FIELDS = [
  ...[
    'password',
    'password_hash',
    'new_password',
    'token',
    'token_hash',
    'secret',
    'client_secret',
    'link_secret',
  ],
  ...['authorization', 'cookie', 'set-cookie', 'headers', 'code', 'code_verifier', 'signature'],
  ...[
    'email',
    'to',
    'first_name',
    'last_name',
    'phone',
    'ip_address',
    'user_agent',
    'body',
    'params',
    'parameters',
  ],
];
const REMOVED = '[removed]';
// Error codes are called "code" too: they are short capitals and stay.
const PLAIN_CODE = /^[A-Z0-9_]{1,40}$/;

const SHAPES: readonly [RegExp, string][] = [
  // Addresses of people.
  [/[\p{L}\p{N}._%+'-]+@[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+/gu, '[e-mail]'],
  // user:password@ in a URL.
  [/(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/@]*@/gi, '$1[removed]@'],
  // Values of parameters that may be secrets, in a URL or a form.
  [
    /([?&;\s](?:[a-z_-]*(?:token|secret|password|signature|key|code|state|session)[a-z_-]*)=)[^&\s"';]+/gi,
    `$1${REMOVED}`,
  ],
  // Bearer tokens and cookies.
  [/\b(bearer|basic)\s+[\w.~+/=-]{6,}/gi, `$1 ${REMOVED}`],
  [/((?:set-)?cookie"?\s*[:=]\s*"?)[^"\r\n]+/gi, `$1${REMOVED}`],
  // JSON Web Tokens, and our own tokens: 40 or more signs without a gap that are no plain hexadecimal hash.
  [/\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g, REMOVED],
  [/(?<![\w-])(?![0-9a-f]{40,64}(?![\w-]))(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w-]{43,}(?![\w-])/g, REMOVED],
  // PostgreSQL's details quote the row: Key (email)=(…).
  [/(\bKey \([^)]*\)=)\([^)]*\)/g, '$1(…)'],
];

/** The text without what may be a secret or point at a person. */
export function withoutPersonalData(text: string): string {
  return SHAPES.reduce((rest, [shape, instead]) => rest.replace(shape, instead), text);
}

/** The value as it may be logged; objects are copied, depth is bounded. */
export function redacted(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return withoutPersonalData(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth > 6) return '[deep]';
  if (value instanceof Date) return value;
  if (value instanceof Error) {
    return {
      name: value.name,
      message: withoutPersonalData(value.message),
      stack: withoutPersonalData(value.stack ?? ''),
    };
  }
  if (Array.isArray(value)) return value.slice(0, 100).map((one) => redacted(one, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [
      name,
      SECRET_FIELDS.includes(name.toLowerCase()) &&
      !(typeof one === 'string' && PLAIN_CODE.test(one) && name === 'code')
        ? REMOVED
        : redacted(one, depth + 1),
    ]),
  );
}

/** Logs as JSON lines on stderr, so that a command's result on stdout stays clean; `write` instead, in tests. */
export function makeLogger(level: string, write?: (line: string) => void): Logger {
  return pino(
    {
      level,
      base: { service: 'ofs' },
      formatters: { log: (fields) => redacted(fields) as Record<string, unknown> },
      hooks: {
        logMethod(args, method) {
          const clean = args.map((one) => (typeof one === 'string' ? withoutPersonalData(one) : one));
          method.apply(this, clean as Parameters<typeof method>);
        },
      },
    },
    write === undefined ? pino.destination({ fd: 2, sync: true }) : { write },
  );
}

export interface Metrics {
  http: Histogram<'method' | 'route' | 'status'>;
  jobs: Gauge<'queue' | 'state'>;
  job_age: Gauge<'queue'>;
  events_pending: Gauge<'unit'>;
  events_lag: Gauge;
  events_failing: Gauge;
  event_dead_letters: Gauge;
  text(): Promise<string>;
  content_type: string;
}

export function makeMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, prefix: 'ofs_' });
  const gauge = <Label extends string = never>(name: string, help: string, labelNames: Label[] = []) =>
    new Gauge<Label>({ name, help, labelNames, registers });
  return {
    http: new Histogram({
      name: 'ofs_http_request_seconds',
      help: 'Time from request to response, by route',
      labelNames: ['method', 'route', 'status'] as const,
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
      registers,
    }),
    jobs: gauge('ofs_jobs', 'Jobs by queue and state', ['queue', 'state']),
    job_age: gauge('ofs_job_oldest_seconds', 'Age of the oldest job that could run, by queue', ['queue']),
    events_pending: gauge('ofs_events_pending', 'Events not yet in ClickHouse', ['unit']),
    events_lag: gauge('ofs_events_lag_seconds', 'Age of the oldest event not yet in ClickHouse'),
    events_failing: gauge('ofs_events_failing', '1 while the last insert of events failed'),
    event_dead_letters: gauge(
      'ofs_event_dead_letters',
      'Events that could not be stored, kept with the reason',
    ),
    text: () => registry.metrics(),
    content_type: registry.contentType,
  };
}
