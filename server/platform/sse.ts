// Server-sent events: one way, over plain HTTP, with a heartbeat so that dead connections are noticed. A reader that does
// not keep up is cut off: it comes back with Last-Event-ID and gets what it missed.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from './errors.ts';

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

/** Open streams of one person in this process; a browser has one a page. */
const MOST_STREAMS = 50;
const opened = new Map<string, number>();

function countIn(who: string): () => void {
  const before = opened.get(who) ?? 0;
  if (before >= MOST_STREAMS)
    throw new AppError(
      'too_many_requests',
      `You have ${MOST_STREAMS} live connections open already; close some pages and try again.`,
      { retry_after: HEARTBEAT_MS / 1000 },
    );
  opened.set(who, before + 1);
  return () => {
    const left = (opened.get(who) ?? 1) - 1;
    if (left > 0) opened.set(who, left);
    else opened.delete(who);
  };
}

/** Takes the reply over; headers set before stay. Throws where the person has too many open. */
export function openEventStream(request: FastifyRequest, reply: FastifyReply): EventStream {
  const countOut = countIn(request.actor?.user_id ?? request.ip);
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
    countOut();
    for (const fn of closers) fn();
  };
  request.raw.on('close', finish);
  raw.on('close', finish);
  raw.on('error', finish);
  // Who asks for the headers alone gets these and an end.
  if (request.method === 'HEAD') raw.end();
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
