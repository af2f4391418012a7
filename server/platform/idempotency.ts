// Idempotency-Key on every write: the first answer is kept a day and given again to a repeat of the same request. The same
// key with another body is refused (422), while the first is still under way it is a conflict (409). Of an upload the
// contents count: the boundary, which every try chooses anew, is left out of its hash. Answers may hold what is told once
// (API tokens, links) and bodies passwords: what is kept is locked with the key itself, of which only a hash is stored.
import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import { AppError } from './errors.ts';
import type { Server } from './http.ts';
import { beforeCommit, type Postgres, type Tx } from './postgres.ts';
import { boundaryOf, hashUpload, type UploadHash } from './upload-hash.ts';

interface Idempotency {
  /** As it is stored: a hash. */
  key: string;
  /** What the kept answer is locked with. */
  lock: Buffer;
  user_id: string;
  /** When this request took the key; another that took it over since has another time. */
  claimed_at: Date;
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
    { user_id, key, lock, claimed_at, upload }: Idempotency,
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
          .where(claimedAt(claimed_at))
          .execute();
        return;
      }
      const text = typeof payload === 'string' && payload !== '' ? payload : 'null';
      await tx
        .updateTable('idempotency_keys')
        .where('user_id', '=', user_id)
        .where('key', '=', key)
        .where(claimedAt(claimed_at))
        .set({
          status_code: reply.statusCode,
          response: JSON.stringify(locked(lock, text)),
          ...(sum === undefined ? {} : { request_hash: hashOf(lock, request, sum) }),
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
    const lock = Buffer.from(hkdfSync('sha256', key, user_id, 'kept answer', 32));
    const stored = createHash('sha256').update(`${user_id}\n${key}`).digest('hex');
    const boundary = request.isMultipart() ? boundaryOf(request) : undefined;
    const take = (claimed_at: Date, upload: UploadHash | undefined) => {
      request.idempotency = { key: stored, lock, user_id, claimed_at, upload };
    };
    // An upload's contents are known only when it has been read; until then its address stands for it.
    const request_hash =
      boundary === undefined ? hashOf(lock, request, bodyOf(request)) : hashOf(lock, request, 'upload');
    const { kept, claimed_at } = await claim(user_id, stored, request_hash);
    if (kept === undefined)
      return take(claimed_at, boundary === undefined ? undefined : hashUpload(request.raw, boundary));
    if (kept.status_code === null) {
      const lost = now().getTime() - kept.created_at.getTime() >= UNDER_WAY_MS;
      if (lost && kept.committed_at !== null) throw carriedOut();
      if (boundary === undefined && kept.request_hash !== request_hash) throw reused();
      // Of several that come back at once, one takes the key over.
      const taken = lost ? await takeOver(user_id, stored, kept.created_at) : undefined;
      if (taken === undefined) throw underWay();
      return take(taken, boundary === undefined ? undefined : hashUpload(request.raw, boundary));
    }
    if (boundary !== undefined) {
      const upload = hashUpload(request.raw, boundary);
      request.raw.resume();
      const sum = await upload.whole(UPLOAD_MS);
      if (sum === undefined || hashOf(lock, request, sum) !== kept.request_hash) throw reused();
    } else if (kept.request_hash !== request_hash) throw reused();
    const answer = unlocked(lock, kept.response);
    if (answer === undefined) throw carriedOut();
    await reply
      .code(kept.status_code)
      .header('idempotency-replayed', 'true')
      .type('application/json')
      .serializer((payload: unknown) => (payload === 'null' ? '' : String(payload)))
      .send(answer);
  }

  async function claim(user_id: string, key: string, request_hash: string) {
    const claimed_at = now();
    return await postgres.withContext({ user_id }, async (tx) => {
      await tx
        .deleteFrom('idempotency_keys')
        .where('user_id', '=', user_id)
        .where('created_at', '<', new Date(now().getTime() - LIFE_MS))
        .execute();
      const made = await tx
        .insertInto('idempotency_keys')
        .values({ user_id, key, request_hash, created_at: claimed_at })
        .onConflict((c) => c.columns(['user_id', 'key']).doNothing())
        .returning('key')
        .executeTakeFirst();
      if (made !== undefined) return { kept: undefined, claimed_at };
      const kept = await tx
        .selectFrom('idempotency_keys')
        .selectAll()
        .where('user_id', '=', user_id)
        .where('key', '=', key)
        .executeTakeFirst();
      if (kept === undefined) throw underWay();
      return { kept, claimed_at };
    });
  }

  /** A try that is lost gives its key to one other; when it comes back after all, its changes are not kept. */
  async function takeOver(user_id: string, key: string, before: Date): Promise<Date | undefined> {
    const claimed_at = now();
    const taken = await postgres.withContext({ user_id }, (tx) =>
      tx
        .updateTable('idempotency_keys')
        .set({ created_at: claimed_at })
        .where('user_id', '=', user_id)
        .where('key', '=', key)
        .where('status_code', 'is', null)
        .where('committed_at', 'is', null)
        .where(claimedAt(before))
        .returning('key')
        .executeTakeFirst(),
    );
    return taken === undefined ? undefined : claimed_at;
  }
}

/** The row as this request claimed it; times of JavaScript have no microseconds. */
function claimedAt(time: Date) {
  return sql<boolean>`date_trunc('milliseconds', created_at) = ${time}`;
}

/**
 * Only where the transaction has written something: one that looked whether it may leaves no mark. Throws where another
 * request took the key over meanwhile, which ends this one's transaction: the change is made by one of them.
 */
async function markCommitted(
  tx: Tx,
  { user_id, key, claimed_at }: Pick<Idempotency, 'user_id' | 'key' | 'claimed_at'>,
  at: Date,
): Promise<void> {
  const found = await sql<{
    written: boolean;
  }>`select pg_current_xact_id_if_assigned() is not null as written`.execute(tx);
  if (found.rows[0]?.written !== true) return;
  const mine = await tx
    .updateTable('idempotency_keys')
    .set({ committed_at: at })
    .where('user_id', '=', user_id)
    .where('key', '=', key)
    .where(claimedAt(claimed_at))
    .returning('key')
    .executeTakeFirst();
  if (mine !== undefined) return;
  const theirs = await tx
    .selectFrom('idempotency_keys')
    .select('key')
    .where('user_id', '=', user_id)
    .where('key', '=', key)
    .executeTakeFirst();
  if (theirs !== undefined) throw underWay();
}

/** AES-256-GCM: nonce, tag and text. */
function locked(lock: Buffer, text: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', lock, nonce);
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64');
}

function unlocked(lock: Buffer, kept: unknown): string | undefined {
  if (typeof kept !== 'string') return undefined;
  const bytes = Buffer.from(kept, 'base64');
  if (bytes.length < 28) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', lock, bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(12, 28));
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
}

function carriedOut(): AppError {
  return new AppError(
    'conflict',
    'This was carried out, but its answer was lost; read what is there now instead of sending it again.',
  );
}

function underWay(): AppError {
  return new AppError(
    'conflict',
    'The first request with this Idempotency-Key is still under way; try again in a moment.',
    { retry_after: 2 },
  );
}

function reused(): AppError {
  return new AppError('key_reused', 'This Idempotency-Key was used for another request; use a new key.');
}

function bodyOf(request: FastifyRequest): string {
  return JSON.stringify(request.body ?? null);
}

/** Also of If-Match: the same change to another revision is another request. */
function hashOf(lock: Buffer, request: FastifyRequest, body: string): string {
  return createHmac('sha256', lock)
    .update(`${request.method} ${request.url} ${request.headers['if-match'] ?? ''}\n`)
    .update(body)
    .digest('hex');
}
