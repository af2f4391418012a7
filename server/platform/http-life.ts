// What happens around every request and when the server closes: a trace of each, and an orderly end.
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Server } from './http.ts';
import { beginSpan, endSpan, isTracing, traceparent } from './tracing.ts';

/** One span a request, continued from the caller's traceparent; answers name theirs. */
export function addTraces(server: Server): void {
  server.addHook('onRequest', (request, reply, done) => {
    if (!isTracing() || request.routeOptions.config.rate_limit === 'none') return done();
    const route = request.routeOptions.url ?? 'unknown';
    const begun = beginSpan(`${request.method} ${route}`, 'server', headerOf(request, 'traceparent'), {
      'http.request.method': request.method,
      'http.route': route,
      'ofs.request_id': request.id,
    });
    if (begun === undefined) return done();
    request.trace = begun;
    reply.raw.once('close', () => {
      begun.span.setAttribute('http.response.status_code', reply.statusCode);
      endSpan(begun.span, reply.statusCode >= 500 ? new Error('answered 5xx') : undefined);
    });
    begun.within(() => {
      reply.header('traceparent', traceparent());
      done();
    });
  });
  // Reading a body leaves the context of the first hook behind.
  server.addHook('preValidation', (request, _reply, done) => {
    if (request.trace === undefined) done();
    else request.trace.within(done);
  });
}

function headerOf(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
}

/** An upload that is refused before its end is read on to nowhere, or the next request on its connection waits behind it. */
export function addUploadsEnd(server: Server): void {
  server.addHook('onSend', (request, reply, payload, done) => {
    if (reply.statusCode >= 400 && request.isMultipart?.() === true && !request.raw.readableEnded) {
      request.raw.unpipe();
      request.raw.resume();
    }
    done(null, payload);
  });
}

const STREAM_END_MS = 10_000;

/**
 * When the server closes, requests under way are answered, endless streams are ended (their readers come back, to another
 * process), and what is still open after ten seconds is cut.
 */
export function addOrderlyStop(server: Server): void {
  const open = new Set<FastifyReply['raw']>();
  server.addHook('onRequest', (_request, reply, done) => {
    open.add(reply.raw);
    reply.raw.once('close', () => open.delete(reply.raw));
    done();
  });
  server.addHook('preClose', (done) => {
    for (const raw of open) {
      if (String(raw.getHeader('content-type') ?? '').startsWith('text/event-stream')) raw.end();
    }
    const cut = setTimeout(() => server.server.closeAllConnections(), STREAM_END_MS);
    server.server.once('close', () => clearTimeout(cut));
    done();
  });
}

const GARBAGE: Record<string, [number, string]> = {
  HPE_HEADER_OVERFLOW: [431, 'The headers are longer than 16 KB; send fewer or shorter ones.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request did not arrive in time; send it again.'],
};

/** What is no HTTP, too long or too slow never becomes a request: it is answered as any error of ours, and the line closed. */
export function answerGarbage(headers: Record<string, string>) {
  return (error: Error & { code?: string }, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) {
      socket.destroy();
      return;
    }
    const [status, detail] = GARBAGE[error.code ?? ''] ?? [400, 'The request could not be read.'];
    const title = STATUS_CODES[status] ?? '';
    const body = JSON.stringify({ type: '/problems/malformed-request', title, status, detail });
    const lines = Object.entries({
      ...headers,
      'content-type': 'application/problem+json',
      'content-length': String(Buffer.byteLength(body)),
      'cache-control': 'no-store',
      connection: 'close',
    }).map(([name, value]) => `${name}: ${value}`);
    socket.end(`HTTP/1.1 ${status} ${title}\r\n${lines.join('\r\n')}\r\n\r\n${body}`);
  };
}
