// Sends finished spans to a collector: OTLP over HTTP in its JSON form. Loaded only when tracing is on.
// https://opentelemetry.io/docs/specs/otlp/#otlphttp and opentelemetry/proto/trace/v1/trace.proto
import { type Attributes, type HrTime, type SpanKind, SpanStatusCode } from '@opentelemetry/api';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';
import type { TracingOptions } from './tracing.ts';

const EXPORT_MS = 10_000;

export function makeExporter({ endpoint, service, headers, onError }: TracingOptions): SpanExporter {
  const url = `${endpoint.replace(/\/+$/, '')}/v1/traces`;
  const extra = Object.fromEntries(
    (headers ?? '')
      .split(',')
      .map((pair) => pair.split('='))
      .filter(([name, value]) => name && value)
      .map(([name = '', ...value]) => [name.trim(), decodeURIComponent(value.join('=').trim())]),
  );
  const under = new Set<Promise<void>>();

  async function send(spans: ReadableSpan[]): Promise<void> {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...extra },
      body: JSON.stringify(bodyOf(service, spans)),
      signal: AbortSignal.timeout(EXPORT_MS),
    });
    if (!answer.ok) throw new Error(`The trace collector answered ${answer.status}`);
  }

  return {
    export(spans, done) {
      const sending = send(spans).then(
        () => done({ code: 0 }),
        (error: Error) => {
          onError(error);
          done({ code: 1, error });
        },
      );
      under.add(sending);
      void sending.finally(() => under.delete(sending));
    },
    forceFlush: async () => {
      await Promise.all(under);
    },
    shutdown: async () => {
      await Promise.all(under);
    },
  };
}

function bodyOf(service: string, spans: ReadableSpan[]) {
  return {
    resourceSpans: [
      {
        resource: { attributes: attributesOf({ 'service.name': service }) },
        scopeSpans: [{ scope: { name: 'ofs' }, spans: spans.map(spanOf) }],
      },
    ],
  };
}

// The numbers of the API's kinds are one less than those on the wire, where 0 is "unspecified".
const wireKind = (kind: SpanKind): number => kind + 1;

function spanOf(span: ReadableSpan) {
  const { traceId, spanId } = span.spanContext();
  return {
    traceId,
    spanId,
    ...(span.parentSpanContext === undefined ? {} : { parentSpanId: span.parentSpanContext.spanId }),
    name: span.name,
    kind: wireKind(span.kind),
    startTimeUnixNano: nanoseconds(span.startTime),
    endTimeUnixNano: nanoseconds(span.endTime),
    attributes: attributesOf(span.attributes),
    status:
      span.status.code === SpanStatusCode.UNSET
        ? {}
        : { code: span.status.code, ...(span.status.message ? { message: span.status.message } : {}) },
  };
}

const nanoseconds = ([seconds, nanos]: HrTime): string =>
  String(BigInt(seconds) * 1_000_000_000n + BigInt(Math.round(nanos)));

function attributesOf(attributes: Attributes) {
  return Object.entries(attributes).map(([key, value]) => ({
    key,
    value:
      typeof value === 'boolean'
        ? { boolValue: value }
        : typeof value === 'number'
          ? Number.isInteger(value)
            ? { intValue: String(value) }
            : { doubleValue: value }
          : { stringValue: String(value) },
  }));
}
