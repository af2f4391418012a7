// Owns the connection to ClickHouse: the same SQL through the same client, on a server (HTTP) or embedded (chdb).
// All times are UTC on both; 64-bit integers come out as JSON numbers; date-times go in as ISO 8601 or
// `YYYY-MM-DD hh:mm:ss.mmm`. Settings of one statement are written in its SQL (`SETTINGS name = value`).

import { Readable } from 'node:stream';
import { ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { type ClickHouseClient, openChdb } from './chdb.ts';
import { outgoingHeaders, traced } from './tracing.ts';

export interface InsertOptions {
  /** Two inserts into one table with the same token and the same rows count once, in every dependent view too. */
  deduplication_token?: string;
}

export interface ClickHouse {
  readonly mode: 'embedded' | 'server';
  /** Rows of a SELECT. Parameters are bound by the engine: `{name:Type}` in the SQL. */
  query<T>(sql: string, params?: Record<string, unknown>): Promise<T[]>;
  /** One statement that gives no rows (DDL, ALTER, INSERT … SELECT). */
  command(sql: string, params?: Record<string, unknown>): Promise<void>;
  /** Inserts rows; columns left out take their default, Date values keep their milliseconds. */
  insert(table: string, rows: readonly object[], options?: InsertOptions): Promise<void>;
  /** Inserts rows that are JSON text already, one object a line. */
  insertLines(table: string, lines: Uint8Array, options?: InsertOptions): Promise<void>;
  /** Resolves when the engine answers, rejects with the reason when not. */
  /** The answer of a SELECT … FORMAT, as bytes: for backups of any size. */
  bytes(sql: string): AsyncIterable<Uint8Array>;
  ping(): Promise<void>;
  /** Waits for the running statements, then lets go. */
  close(): Promise<void>;
}

export type ClickHouseOptions =
  | { mode: 'embedded'; path: string; query_timeout_seconds?: number }
  | {
      mode: 'server';
      url: string;
      username?: string;
      password?: string;
      database?: string;
      query_timeout_seconds?: number;
    };

const QUERY_TIMEOUT_SECONDS = 20;
const INSERT_TIMEOUT_SECONDS = 30;
const COMMAND_TIMEOUT_SECONDS = 600;

const SETTINGS = {
  session_timezone: 'UTC',
  date_time_input_format: 'best_effort',
  output_format_json_quote_64bit_integers: 0,
} as const;

/** Opens ClickHouse and makes sure that it answers. */
export async function openClickHouse(options: ClickHouseOptions): Promise<ClickHouse> {
  const timeout = options.query_timeout_seconds ?? QUERY_TIMEOUT_SECONDS;
  if (options.mode === 'embedded') {
    const chdb = await openChdb(options.path, SETTINGS, { max_execution_time: timeout });
    const writes = oneAtATime(chdb.writer);
    const lanes = { reads: oneAtATime(chdb.reader), inserts: writes, commands: writes };
    return makeClickHouse('embedded', lanes, {}, (_client, ...insert) => chdb.insertLines(...insert));
  }
  const open = (seconds: number): Lane => {
    const client = createClient({
      url: options.url,
      ...(options.username === undefined ? {} : { username: options.username }),
      ...(options.password === undefined ? {} : { password: options.password }),
      ...(options.database === undefined ? {} : { database: options.database }),
      application: 'ofs',
      log: { level: ClickHouseLogLevel.OFF },
      request_timeout: seconds * 1000,
      clickhouse_settings: { ...SETTINGS },
      compression: { request: false, response: true },
    });
    return { client, run: (work) => work(client), idle: async () => {} };
  };
  // A connection that is cut without a word is given up after each one's time; ALTERs may take long.
  const lanes = {
    reads: open(timeout + 1),
    inserts: open(INSERT_TIMEOUT_SECONDS),
    commands: open(COMMAND_TIMEOUT_SECONDS),
  };
  const clickhouse = makeClickHouse('server', lanes, { max_execution_time: timeout }, insertOverHttp);
  try {
    await clickhouse.ping();
  } catch (error) {
    await clickhouse.close();
    throw error;
  }
  return clickhouse;
}

/** The engine's error number (https://clickhouse.com/docs, system.errors), or undefined for any other failure. */
export function clickHouseErrorCode(error: unknown): number | undefined {
  // The embedded connection throws its own copy of the driver's error class, so only the shape can be looked at.
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^\d+$/.test(code) ? Number(code) : undefined;
}

/** A client together with the rule of how many statements it runs at once. */
interface Lane {
  client: ClickHouseClient;
  run<T>(work: (client: ClickHouseClient) => Promise<T>): Promise<T>;
  idle(): Promise<void>;
}

function oneAtATime(client: ClickHouseClient): Lane {
  let last: Promise<unknown> = Promise.resolve();
  return {
    client,
    run(work) {
      const mine = last.then(() => work(client));
      last = mine.catch(() => undefined);
      return mine;
    },
    idle: async () => {
      await last;
    },
  };
}

/** How rows that are JSON lines get in. */
type InsertLines = (
  client: ClickHouseClient,
  table: string,
  lines: Uint8Array,
  settings: Record<string, string | number>,
) => Promise<void>;

const insertOverHttp: InsertLines = async (client, table, lines, settings) => {
  const given = Object.entries(settings).map(
    ([name, value]) => `${name} = ${typeof value === 'number' ? value : `'${value}'`}`,
  );
  const { stream } = await client.exec({
    query: `INSERT INTO ${table} SETTINGS ${given.join(', ')} FORMAT JSONEachRow`,
    values: Readable.from([lines]),
    http_headers: outgoingHeaders(),
  });
  for await (const _ of stream);
};

function makeClickHouse(
  mode: ClickHouse['mode'],
  lanes: { reads: Lane; inserts: Lane; commands: Lane },
  readSettings: Record<string, number>,
  insertLines: InsertLines,
): ClickHouse {
  const { reads, inserts, commands } = lanes;
  let closed = false;
  const assertOpen = () => {
    if (closed) throw new Error('ClickHouse is closed');
  };
  const insertBody = async (table: string, body: Uint8Array, options?: InsertOptions): Promise<void> => {
    assertOpen();
    if (body.length === 0) return;
    const settings = insertSettings(table, options?.deduplication_token);
    await traced('clickhouse insert', { 'db.collection.name': table }, () =>
      inserts.run((client) => insertLines(client, table, body, settings)),
    );
  };
  return {
    mode,
    async query<T>(sql: string, params?: Record<string, unknown>) {
      assertOpen();
      return await traced('clickhouse query', { 'db.query.text': sql }, () =>
        reads.run(async (client) => {
          const result = await client.query({
            query: sql,
            format: 'JSONEachRow',
            ...boundParams(params),
            clickhouse_settings: readSettings,
            http_headers: outgoingHeaders(),
          });
          return await result.json<T>();
        }),
      );
    },
    async command(sql, params) {
      assertOpen();
      await commands.run((client) => client.command({ query: sql, ...boundParams(params) }));
    },
    async insert(table, rows, options) {
      await insertBody(table, Buffer.from(rows.map((row) => JSON.stringify(row)).join('\n')), options);
    },
    insertLines: insertBody,
    async *bytes(sql) {
      assertOpen();
      // On the lane for long statements: reading a whole table may take longer than a question of the app.
      const { stream } = await commands.run((client) => client.exec({ query: sql }));
      for await (const chunk of stream) yield chunk as Uint8Array;
    },
    async ping() {
      assertOpen();
      const result = await reads.run((client) => client.ping({ select: true }));
      if (!result.success) throw new Error(`ClickHouse does not answer: ${result.error.message}`);
    },
    async close() {
      if (closed) return;
      closed = true;
      await Promise.all([reads.idle(), inserts.idle(), commands.idle()]);
      for (const client of new Set([reads.client, inserts.client, commands.client])) await client.close();
    },
  };
}

/**
 * The settings that make a repeated insert count once: one block an insert, never the server's own batching, and
 * the token carried on to the materialized views.
 */
function insertSettings(table: string, token: string | undefined): Record<string, string | number> {
  if (!/^[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)?$/i.test(table)) throw new Error(`Not a table name: ${table}`);
  if (token !== undefined && !/^[\w.:-]{1,200}$/.test(token))
    throw new Error(`Not a deduplication token: ${token}`);
  return {
    date_time_input_format: 'best_effort',
    async_insert: 0,
    max_insert_threads: 1,
    input_format_parallel_parsing: 0,
    max_partitions_per_insert_block: 0,
    ...(token === undefined
      ? {}
      : {
          insert_deduplicate: 1,
          insert_deduplication_token: token,
          deduplicate_blocks_in_dependent_materialized_views: 1,
        }),
  };
}

/** Dates are bound as text: the drivers cut or misread the milliseconds of a JS Date. */
function boundParams(params: Record<string, unknown> | undefined): {
  query_params?: Record<string, unknown>;
} {
  if (params === undefined) return {};
  return {
    query_params: Object.fromEntries(Object.entries(params).map(([name, value]) => [name, bound(value)])),
  };
}

function bound(value: unknown): unknown {
  if (value === undefined) return null;
  if (value instanceof Date) return value.toISOString().slice(0, 23).replace('T', ' ');
  return Array.isArray(value) ? value.map(bound) : value;
}
