// Server-sent events: one way, over plain HTTP, with a heartbeat so that dead connections are noticed. A reader that does
// not keep up is cut off: it comes back with Last-Event-ID and gets what it missed.
import type { FastifyReply, FastifyRequest } from 'fastify';

export interface EventStream {
  /** `id` comes back as Last-Event-ID when the browser connects again. */
  send(event: string, data: unknown, id?: string): void;
  close(): void;
  /** Called once when either side ends the stream. */
  onClose(fn: () => void): void;
  /** Called at every heartbeat. */
  onBeat(fn: () => void): void;
}

export const HEARTBEAT_MS = 10_000;
const RETRY_MS = 1000;
const MOST_WAITING_BYTES = 1024 * 1024;

/** Takes the reply over; headers set before stay. */
export function openEventStream(request: FastifyRequest, reply: FastifyReply): EventStream {
  reply.hijack();
  const raw = reply.raw;
  for (const [name, value] of Object.entries(reply.getHeaders()))
    if (value !== undefined) raw.setHeader(name, value);
  raw.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    connection: 'keep-alive',
  });
  raw.write(`retry: ${RETRY_MS}\n\n`);
  const beats: (() => void)[] = [];
  const heartbeat = setInterval(() => {
    raw.write(': alive\n\n');
    for (const fn of beats) fn();
  }, HEARTBEAT_MS);
  heartbeat.unref();
  const closers: (() => void)[] = [];
  let closed = false;
  const finish = () => {
    if (closed) return;
    closed = true;
    clearInterval(heartbeat);
    for (const fn of closers) fn();
  };
  request.raw.on('close', finish);
  raw.on('close', finish);
  raw.on('error', finish);
  return {
    send: (event, data, id) => {
      if (closed) return;
      raw.write(`${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
      if (raw.writableLength > MOST_WAITING_BYTES) raw.destroy();
    },
    close: () => {
      finish();
      raw.end();
    },
    onClose: (fn) => {
      if (closed) fn();
      else closers.push(fn);
    },
    onBeat: (fn) => {
      beats.push(fn);
    },
  };
}
