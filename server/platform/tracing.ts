// Traces of HTTP requests, SQL statements, ClickHouse queries and jobs, sent by OTLP over HTTP (JSON). Off unless
// startTracing() was called; until then the SDK is not even loaded and each function here costs a comparison.
// Between processes the context travels as a W3C traceparent: in and out of HTTP, and with a job's payload.
import {
  type Attributes,
  context,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Context as TraceContext,
  trace,
} from '@opentelemetry/api';
import type { LogEvent } from 'kysely';

export interface TracingOptions {
  /** Where the collector listens, for instance http://localhost:4318; `/v1/traces` is added. */
  endpoint: string;
  /** `ofs-api`, `ofs-worker`. */
  service: string;
  /** `name=value,name=value`, sent with every export. */
  headers?: string | undefined;
  onError: (error: Error) => void;
}

const tracer = trace.getTracer('ofs');
let active = false;

/** Loads the SDK and begins; the function returned sends what is left and ends it. */
export async function startTracing(options: TracingOptions): Promise<() => Promise<void>> {
  const [{ TracerProvider, BatchSpanProcessor }, { AsyncLocalStorageContextManager }, { makeExporter }] =
    await Promise.all([
      import('@opentelemetry/sdk-trace'),
      import('@opentelemetry/context-async-hooks'),
      import('./tracing-export.ts'),
    ]);
  const provider = new TracerProvider({
    spanProcessors: [
      new BatchSpanProcessor({ exporter: makeExporter(options), scheduledDelayMillis: 1_000 }),
    ],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(provider);
  active = true;
  return async () => {
    active = false;
    await provider.shutdown().catch((error: Error) => options.onError(error));
    trace.disable();
    context.disable();
  };
}

export function isTracing(): boolean {
  return active;
}

const TRACEPARENT = /^[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})/;

function contextFrom(traceparent: string | undefined): TraceContext {
  const [, traceId, spanId, flags] = TRACEPARENT.exec(traceparent ?? '') ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return ROOT_CONTEXT;
  const traceFlags = Number.parseInt(flags, 16) & 1;
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true });
}

/** The traceparent of what runs now; undefined outside a trace. */
export function traceparent(): string | undefined {
  if (!active) return undefined;
  const span = trace.getSpanContext(context.active());
  if (span === undefined) return undefined;
  return `00-${span.traceId}-${span.spanId}-${span.traceFlags.toString(16).padStart(2, '0')}`;
}

/** Headers that take the trace along on a request of ours. */
export function outgoingHeaders(): Record<string, string> {
  const parent = traceparent();
  return parent === undefined ? {} : { traceparent: parent };
}

export interface Begun {
  span: Span;
  /** Runs fn, and all it starts, inside this span. */
  within<T>(fn: () => T): T;
}

/** A span that its caller ends; undefined while tracing is off. */
export function beginSpan(
  name: string,
  kind: 'server' | 'consumer',
  parent: string | undefined,
  attributes: Attributes,
): Begun | undefined {
  if (!active) return undefined;
  const from = contextFrom(parent);
  const span = tracer.startSpan(
    name,
    { kind: kind === 'server' ? SpanKind.SERVER : SpanKind.CONSUMER, attributes },
    from,
  );
  const inside = trace.setSpan(from, span);
  return { span, within: (fn) => context.with(inside, fn) };
}

export function endSpan(span: Span, error?: unknown): void {
  if (error !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: nameOf(error) });
  span.end();
}

/** Runs fn in a span of its own below the present one; where there is no trace it only runs it. */
export async function traced<T>(name: string, attributes: Attributes, fn: () => Promise<T>): Promise<T> {
  if (!active || trace.getSpan(context.active()) === undefined) return await fn();
  return await tracer.startActiveSpan(name, { kind: SpanKind.CLIENT, attributes }, async (span) => {
    try {
      const result = await fn();
      endSpan(span);
      return result;
    } catch (error) {
      endSpan(span, error);
      throw error;
    }
  });
}

/** Kysely's log: one span a statement, with its text and never its values. */
export function traceQuery(event: LogEvent): void {
  if (!active || trace.getSpan(context.active()) === undefined) return;
  const { sql } = event.query;
  const verb = /^\W*(\w+)/.exec(sql)?.[1]?.toLowerCase() ?? 'sql';
  const end = Date.now();
  const span = tracer.startSpan(`sql ${verb}`, {
    kind: SpanKind.CLIENT,
    startTime: end - event.queryDurationMillis,
    attributes: { 'db.system.name': 'postgresql', 'db.query.text': sql.slice(0, 2_000) },
  });
  if (event.level === 'error') span.setStatus({ code: SpanStatusCode.ERROR, message: nameOf(event.error) });
  span.end(end);
}

/** A message may quote what somebody typed: only the kind of error is told. */
function nameOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? ` ${String(error.code)}` : '';
  return `${error instanceof Error ? error.name : 'error'}${code}`;
}
