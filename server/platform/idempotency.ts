// Idempotency-Key on POST: the first answer is kept and given again to a repeat of the same request; the same key with
// another body, or while the first is still under way, is a conflict. Keys live a day.
import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { AppError } from './errors.ts';
import type { Server } from './http.ts';
import type { Postgres } from './postgres.ts';

declare module 'fastify' {
  interface FastifyRequest {
    idempotency: { key: string; user_id: string } | null;
  }
}

const KEY = /^[\x21-\x7e]{1,200}$/;
const UNDER_WAY_MS = 60_000;
const LIFE_MS = 24 * 3_600_000;

export function addIdempotency(server: Server, postgres: Postgres): void {
  server.decorateRequest('idempotency', null);

  server.addHook('preHandler', async (request, reply) => {
    const key = request.headers['idempotency-key'];
    if (
      request.method !== 'POST' ||
      typeof key !== 'string' ||
      request.actor === null ||
      request.isMultipart()
    )
      return;
    if (!KEY.test(key))
      throw new AppError(
        'invalid_input',
        'Idempotency-Key must be 1 to 200 printable characters without spaces.',
      );
    const user_id = request.actor.user_id;
    const request_hash = hashOf(request);
    const kept = await postgres.withContext({ user_id }, async (tx) => {
      await tx
        .deleteFrom('idempotency_keys')
        .where('user_id', '=', user_id)
        .where('created_at', '<', new Date(Date.now() - LIFE_MS))
        .execute();
      const made = await tx
        .insertInto('idempotency_keys')
        .values({ user_id, key, request_hash })
        .onConflict((c) => c.columns(['user_id', 'key']).doNothing())
        .returning('key')
        .executeTakeFirst();
      if (made !== undefined) return undefined;
      return await tx
        .selectFrom('idempotency_keys')
        .selectAll()
        .where('user_id', '=', user_id)
        .where('key', '=', key)
        .executeTakeFirst();
    });
    if (kept === undefined) {
      request.idempotency = { key, user_id };
      return;
    }
    if (kept.request_hash !== request_hash) {
      throw new AppError('conflict', 'This Idempotency-Key was used for another request; use a new key.');
    }
    if (kept.status_code === null) {
      if (Date.now() - kept.created_at.getTime() < UNDER_WAY_MS) {
        throw new AppError(
          'conflict',
          'The first request with this Idempotency-Key is still under way; try again in a moment.',
          { retry_after: 2 },
        );
      }
      request.idempotency = { key, user_id };
      return;
    }
    return reply
      .code(kept.status_code)
      .header('idempotency-replayed', 'true')
      .type('application/json')
      .serializer((payload: unknown) => JSON.stringify(payload))
      .send(kept.response);
  });

  server.addHook('onSend', async (request, reply, payload) => {
    const { idempotency } = request;
    if (idempotency === null) return payload;
    request.idempotency = null;
    await postgres.withContext({ user_id: idempotency.user_id }, async (tx) => {
      const own = tx
        .updateTable('idempotency_keys')
        .where('user_id', '=', idempotency.user_id)
        .where('key', '=', idempotency.key);
      if (reply.statusCode < 400 && typeof payload === 'string') {
        await own
          .set({ status_code: reply.statusCode, response: payload === '' ? 'null' : payload })
          .execute();
      } else {
        await tx
          .deleteFrom('idempotency_keys')
          .where('user_id', '=', idempotency.user_id)
          .where('key', '=', idempotency.key)
          .execute();
      }
    });
    return payload;
  });
}

function hashOf(request: FastifyRequest): string {
  return createHash('sha256')
    .update(`${request.method} ${request.url}\n`)
    .update(JSON.stringify(request.body ?? null))
    .digest('hex');
}
