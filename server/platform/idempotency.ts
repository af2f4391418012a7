// Idempotency-Key on every write: the first answer is kept a day and given again to a repeat of the same request. The same
// key with another body is refused (422), while the first is still under way it is a conflict (409). Of an upload the
// contents count: the boundary, which every try chooses anew, is left out of its hash.
import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import { AppError } from './errors.ts';
import type { Server } from './http.ts';
import { beforeCommit, type Postgres, type Tx } from './postgres.ts';
import { boundaryOf, hashUpload, type UploadHash } from './upload-hash.ts';

interface Idempotency {
  key: string;
  user_id: string;
  upload: UploadHash | undefined;
}

declare module 'fastify' {
  interface FastifyRequest {
    idempotency: Idempotency | null;
  }
}

const KEY = /^[\x21-\x7e]{1,200}$/;
const WRITES = new Set(['POST', 'PATCH', 'PUT', 'DELETE']);
/** After this a first request counts as lost, and a repeat is run. */
const UNDER_WAY_MS = 60_000;
/** A repeated upload is read to its end; of the first only the closing boundary may be left when it is answered. */
const UPLOAD_MS = 120_000;
const END_MS = 2000;
const LIFE_MS = 24 * 3_600_000;

export function addIdempotency(server: Server, postgres: Postgres, now: () => Date = () => new Date()): void {
  server.decorateRequest('idempotency', null);

  server.addHook('preHandler', (request, reply, done) => {
    const key = request.headers['idempotency-key'];
    if (!WRITES.has(request.method) || typeof key !== 'string') return done();
    takeKey(key, request, reply).then(() => {
      if (!reply.sent) done();
    }, done);
  });

  // The transaction that changes something writes down that it did: whoever dies before answering is not repeated.
  server.addHook('preHandler', (request, _reply, done) => {
    const { idempotency } = request;
    if (idempotency === null) done();
    else beforeCommit.run((tx) => markCommitted(tx, idempotency, now()), done);
  });

  server.addHook('onSend', (request, reply, payload, done) => {
    const { idempotency } = request;
    if (idempotency === null) return done(null, payload);
    request.idempotency = null;
    keepAnswer(idempotency, request, reply, payload).then(() => done(null, payload), done);
  });

  async function keepAnswer(
    { user_id, key, upload }: Idempotency,
    request: FastifyRequest,
    reply: FastifyReply,
    payload: unknown,
  ): Promise<void> {
    const sum = reply.statusCode < 400 ? await upload?.whole(END_MS) : undefined;
    await postgres.withContext({ user_id }, async (tx) => {
      const done =
        reply.statusCode < 400 && (typeof payload === 'string' || payload === null || payload === undefined);
      if (!done) {
        await tx
          .deleteFrom('idempotency_keys')
          .where('user_id', '=', user_id)
          .where('key', '=', key)
          .execute();
        return;
      }
      const text = typeof payload === 'string' && payload !== '' ? payload : 'null';
      await tx
        .updateTable('idempotency_keys')
        .where('user_id', '=', user_id)
        .where('key', '=', key)
        .set({
          status_code: reply.statusCode,
          response: text,
          ...(sum === undefined ? {} : { request_hash: hashOf(request, sum) }),
        })
        .execute();
    });
  }

  async function takeKey(key: string, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    if (request.actor === null) return;
    if (!KEY.test(key))
      throw new AppError(
        'invalid_input',
        'Idempotency-Key must be 1 to 200 printable characters without spaces.',
      );
    const user_id = request.actor.user_id;
    const boundary = request.isMultipart() ? boundaryOf(request) : undefined;
    // An upload's contents are known only when it has been read; until then its address stands for it.
    const request_hash =
      boundary === undefined ? hashOf(request, bodyOf(request)) : hashOf(request, 'upload');
    const kept = await claim(user_id, key, request_hash);
    if (kept === undefined) {
      request.idempotency = {
        key,
        user_id,
        upload: boundary === undefined ? undefined : hashUpload(request.raw, boundary),
      };
      return;
    }
    const under_way = kept.status_code === null;
    if (
      under_way &&
      kept.committed_at !== null &&
      now().getTime() - kept.created_at.getTime() >= UNDER_WAY_MS
    ) {
      throw new AppError(
        'conflict',
        'This was carried out, but its answer was lost; read what is there now instead of sending it again.',
      );
    }
    if (under_way && now().getTime() - kept.created_at.getTime() < UNDER_WAY_MS) {
      if (boundary === undefined && kept.request_hash !== request_hash) throw reused();
      throw new AppError(
        'conflict',
        'The first request with this Idempotency-Key is still under way; try again in a moment.',
        { retry_after: 2 },
      );
    }
    if (boundary !== undefined) {
      const upload = hashUpload(request.raw, boundary);
      if (under_way) {
        request.idempotency = { key, user_id, upload };
        return;
      }
      request.raw.resume();
      const sum = await upload.whole(UPLOAD_MS);
      if (sum === undefined || hashOf(request, sum) !== kept.request_hash) throw reused();
    } else if (kept.request_hash !== request_hash) throw reused();
    else if (under_way) {
      request.idempotency = { key, user_id, upload: undefined };
      return;
    }
    await reply
      .code(kept.status_code ?? 200)
      .header('idempotency-replayed', 'true')
      .type('application/json')
      .serializer((payload: unknown) => (payload === null ? '' : JSON.stringify(payload)))
      .send(kept.response);
  }

  async function claim(user_id: string, key: string, request_hash: string) {
    return await postgres.withContext({ user_id }, async (tx) => {
      await tx
        .deleteFrom('idempotency_keys')
        .where('user_id', '=', user_id)
        .where('created_at', '<', new Date(now().getTime() - LIFE_MS))
        .execute();
      const made = await tx
        .insertInto('idempotency_keys')
        .values({ user_id, key, request_hash, created_at: now() })
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
  }
}

/** Only where the transaction has written something: one that looked whether it may leaves no mark. */
async function markCommitted(
  tx: Tx,
  { user_id, key }: { user_id: string; key: string },
  at: Date,
): Promise<void> {
  await tx
    .updateTable('idempotency_keys')
    .set({ committed_at: at })
    .where('user_id', '=', user_id)
    .where('key', '=', key)
    .where('status_code', 'is', null)
    .where(sql<boolean>`pg_current_xact_id_if_assigned() is not null`)
    .execute();
}

function reused(): AppError {
  return new AppError('key_reused', 'This Idempotency-Key was used for another request; use a new key.');
}

function bodyOf(request: FastifyRequest): string {
  return JSON.stringify(request.body ?? null);
}

/** Also of If-Match: the same change to another revision is another request. */
function hashOf(request: FastifyRequest, body: string): string {
  return createHash('sha256')
    .update(`${request.method} ${request.url} ${request.headers['if-match'] ?? ''}\n`)
    .update(body)
    .digest('hex');
}
