// PostgreSQL, embedded (PGlite in a folder) or a server (DATABASE_URL), behind one kysely handle.
// Ordinary work runs in withContext: one transaction, as the role ofs_app, with the user set for row security.
// Sign-in, workers and administration run in asSystem: one transaction, as ofs_system, whose policies show every row.
import { AsyncLocalStorage } from 'node:async_hooks';
import { mkdirSync } from 'node:fs';
import { CompiledQuery, Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import pg from 'pg';
import type { DB } from './database.gen.ts';
import { EnteringDialect, entering } from './entering.ts';
import { faultPoint } from './fault.ts';
import { askInOneTrip, type Values } from './one-trip.ts';
import { traceQuery } from './tracing.ts';

export type Tx = Transaction<DB>;

/**
 * Within `beforeCommit.run(hook, …)` the hook is called at the end of every transaction of a user: what it writes is kept
 * exactly if the transaction is.
 */
export const beforeCommit = new AsyncLocalStorage<(tx: Tx) => Promise<void>>();

/** Who acts: every row the transaction sees or writes is judged for this user. */
export interface Context {
  user_id: string;
}

export interface Postgres {
  readonly mode: 'embedded' | 'server';
  /** As the owner of the schema, outside row security's roles: migrations, schema reading, the job queue. */
  readonly owner: Kysely<DB>;
  readonly pool: pg.Pool;
  /** Runs fn in one transaction as ofs_app for this user. */
  withContext<T>(context: Context, fn: (tx: Tx) => Promise<T>): Promise<T>;
  /** Runs fn in one transaction as ofs_system; `userId` only marks who caused it. */
  asSystem<T>(fn: (tx: Tx) => Promise<T>): Promise<T>;
  /**
   * One reading statement as ofs_app for this user, in one round trip instead of a transaction's three, with a kept plan:
   * for what is asked often. `$1` … stand for `values`, in PostgreSQL's text form.
   */
  ask<T>(context: Context, text: string, values: Values): Promise<T[]>;
  /** The same as ofs_system. */
  askAsSystem<T>(text: string, values: Values): Promise<T[]>;
  /** As owner, on a connection of its own without time limits: migrations, backups. Embedded it is the one connection. */
  unhurried<T>(fn: (owner: Kysely<DB>) => Promise<T>): Promise<T>;
  ping(): Promise<void>;
  close(): Promise<void>;
}

export type PostgresOptions =
  | { mode: 'embedded'; path: string | 'memory' }
  | {
      mode: 'server';
      url: string;
      pool: number;
      /** A statement that is not answered by then fails, whether the server is slow or gone; 15. */
      timeout_seconds?: number;
    };

// Numbers come back as numbers: NUMERIC here is money and measures, all far below 2^53 hundredths; BIGINT are sizes and counters.
const NUMERIC = 1700;
const INT8 = 20;
const DATE = 1082;
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (oid === NUMERIC || oid === INT8)
      return (value: string | null) => (value === null ? null : Number(value));
    if (oid === DATE) return (value: string | null) => value;
    return pg.types.getTypeParser(oid, format as 'text');
  }) as pg.CustomTypesConfig['getTypeParser'],
};

/** Opens the database. The embedded one must be held by one process only: see platform/lock.ts. */
export async function openPostgres(options: PostgresOptions): Promise<Postgres> {
  const { pool, shutDown } =
    options.mode === 'embedded'
      ? await embeddedPool(options.path)
      : serverPool(options.url, options.pool, options.timeout_seconds ?? TIMEOUT_SECONDS);
  const owner = new Kysely<DB>({ dialect: new EnteringDialect({ pool }), log: traceQuery });

  async function inRole<T>(
    role: 'ofs_app' | 'ofs_system',
    userId: string,
    fn: (tx: Tx) => Promise<T>,
  ): Promise<T> {
    const work = async (tx: Tx): Promise<T> => {
      const done = await fn(tx);
      if (role === 'ofs_app') await faultPoint('user_tx.before_commit');
      else await faultPoint('system_tx.before_commit');
      if (role === 'ofs_app') await beforeCommit.getStore()?.(tx);
      return done;
    };
    const result = await entering.run({ role, user_id: userId, begun: false }, () =>
      owner.transaction().execute(work),
    );
    await faultPoint(role === 'ofs_app' ? 'user_tx.committed' : 'system_tx.committed');
    return result;
  }

  async function asked<T>(
    role: 'ofs_app' | 'ofs_system',
    user_id: string,
    text: string,
    values: Values,
  ): Promise<T[]> {
    const begun = performance.now();
    const client = await pool.connect();
    let failed: unknown;
    try {
      return await askInOneTrip<T>(client, { role, user_id, text, values });
    } catch (error) {
      failed = error;
      throw error;
    } finally {
      client.release(isUnanswered(failed));
      const queryDurationMillis = performance.now() - begun;
      const query = CompiledQuery.raw(text);
      traceQuery(
        failed === undefined
          ? { level: 'query', query, queryDurationMillis }
          : { level: 'error', query, queryDurationMillis, error: failed },
      );
    }
  }

  return {
    mode: options.mode,
    owner,
    pool,
    withContext: (context, fn) => inRole('ofs_app', context.user_id, fn),
    asSystem: (fn) => inRole('ofs_system', '', fn),
    ask: (context, text, values) => asked('ofs_app', context.user_id, text, values),
    askAsSystem: (text, values) => asked('ofs_system', '', text, values),
    unhurried: async (fn) => {
      if (options.mode === 'embedded') return await fn(owner);
      const slow = serverPool(options.url, 1, 0).pool;
      const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool: slow }) });
      return await fn(db).finally(() => db.destroy());
    },
    ping: async () => {
      await pool.query('select 1');
    },
    close: async () => {
      await owner.destroy();
      await shutDown();
    },
  };
}

/** Runs fn on the transaction as the schema's owner and then goes back to the role before: for the job queue's tables. */
export async function asOwner<T>(
  tx: Tx,
  fn: (execute: (text: string, values?: unknown[]) => Promise<{ rows: unknown[] }>) => Promise<T>,
): Promise<T> {
  const before = await sql<{
    role: string;
  }>`select current_setting('role') as role, set_config('role', 'none', true)`.execute(tx);
  try {
    return await fn(async (text, values) => await tx.executeQuery(CompiledQuery.raw(text, values ?? [])));
  } finally {
    await sql`select set_config('role', ${before.rows[0]?.role ?? 'ofs_app'}, true)`
      .execute(tx)
      .catch(() => undefined);
  }
}

/** Runs fn as the system within a user's transaction, and goes back: for what belongs to a change the user may make. */
export async function asSystemWithin<T>(tx: Tx, fn: () => Promise<T>): Promise<T> {
  await sql`select set_config('role', 'ofs_system', true)`.execute(tx);
  try {
    return await fn();
  } finally {
    // A transaction that failed is rolled back, and its role with it.
    await sql`select set_config('role', 'ofs_app', true)`.execute(tx).catch(() => undefined);
  }
}

async function embeddedPool(path: string): Promise<{ pool: pg.Pool; shutDown: () => Promise<void> }> {
  const [{ PGlite }, { createPgConfig }, { vector }] = await Promise.all([
    import('@electric-sql/pglite'),
    import('@electric-sql/pglite/node-postgres'),
    import('@electric-sql/pglite-pgvector'),
  ]);
  if (path !== 'memory') mkdirSync(path, { recursive: true });
  const database = await PGlite.create({
    ...(path === 'memory' ? {} : { dataDir: path }),
    extensions: { vector },
  });
  // One connection: a nested connect would wait for itself for ever, so waiting is bounded.
  const pool = new pg.Pool({
    ...createPgConfig(database),
    max: 1,
    connectionTimeoutMillis: 60_000,
    types,
  } as unknown as pg.PoolConfig);
  return {
    pool,
    shutDown: async () => {
      if (!database.closed) await database.close();
    },
  };
}

const TIMEOUT_SECONDS = 15;
const CONNECT_MS = 5_000;

/** `timeout_seconds` 0 means no limit. */
function serverPool(
  url: string,
  max: number,
  timeout_seconds: number,
): { pool: pg.Pool; shutDown: () => Promise<void> } {
  const limited = timeout_seconds > 0;
  const pool = new pg.Pool({
    connectionString: url,
    max,
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
    ...(limited
      ? {
          statement_timeout: timeout_seconds * 1000,
          // The server says so first where it can be reached; else nobody answers and we stop waiting.
          query_timeout: timeout_seconds * 1000 + 500,
          idle_in_transaction_session_timeout: 60_000,
        }
      : {}),
    types,
    application_name: 'ofs',
  });
  // An idle connection that breaks must not end the process; the next query gets a new one.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => {
    // Nor one that breaks between two statements of a transaction: its next statement fails and tells.
    client.on('error', () => undefined);
    cutWhenUnanswered(client);
  });
  return { pool, shutDown: async () => undefined };
}

const UNANSWERED = /Query read timeout/;

function isUnanswered(error: unknown): boolean {
  return error instanceof Error && UNANSWERED.test(error.message);
}

/** A statement that got no answer leaves its connection in an unknown state: it is cut, never given to the next one. */
function cutWhenUnanswered(client: pg.PoolClient): void {
  const query = client.query.bind(client) as (...args: unknown[]) => unknown;
  const watched = (...args: unknown[]): unknown => {
    const answer = query(...args);
    if (answer instanceof Promise)
      answer.catch((error: Error) => {
        if (isUnanswered(error))
          (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
      });
    return answer;
  };
  client.query = watched as typeof client.query;
}
