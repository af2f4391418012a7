import { get, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import Fastify from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { asAppError } from './http-errors.ts';
import { openEventStream } from './sse.ts';

const server = Fastify();
let port: number;
let ended = 0;
beforeAll(async () => {
  server.setErrorHandler((error, _request, reply) => reply.code(asAppError(error).status).send());
  server.get('/events', async (asked, reply) => {
    openEventStream(asked, reply).onClose(() => {
      ended += 1;
    });
  });
  await server.listen({ host: '127.0.0.1', port: 0 });
  port = (server.server.address() as AddressInfo).port;
});
afterAll(() => {
  server.server.closeAllConnections();
  return server.close();
});

const open = () =>
  new Promise<IncomingMessage>((resolve, reject) =>
    get({ port, path: '/events', agent: false }, resolve).on('error', reject),
  );
async function until(what: () => boolean): Promise<void> {
  for (const end = Date.now() + 20_000; !what(); ) {
    if (Date.now() > end) throw new Error('It did not come about in 20 s.');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

it('one person has so many live connections, and another when one of them ends', async () => {
  const streams: IncomingMessage[] = [];
  for (let i = 0; i < 50; i++) streams.push(await open());
  expect(streams.map(({ statusCode }) => statusCode)).toEqual(streams.map(() => 200));
  expect((await open()).statusCode).toBe(429);
  streams.pop()?.destroy();
  await until(() => ended === 1);
  const again = await open();
  expect(again.statusCode).toBe(200);
  for (const one of [...streams, again]) one.destroy();
  await until(() => ended === 51);
});

it('who asks for the headers alone gets an answer that ends', async () => {
  const answer = await new Promise<IncomingMessage>((resolve, reject) =>
    request({ port, path: '/events', method: 'HEAD', agent: false }, resolve).on('error', reject).end(),
  );
  expect(answer.statusCode).toBe(200);
  expect(answer.headers['content-type']).toBe('text/event-stream');
  answer.resume();
  await until(() => ended === 52);
});
