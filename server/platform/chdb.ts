// Owns the embedded ClickHouse engine: one process, one folder, two connections (one reads, one writes) so that a
// slow dashboard query never holds up the event queue. Loads the optional package `chdb` only when asked to.

import { mkdir } from 'node:fs/promises';
import { ClickHouseLogLevel, createClient, parseError } from '@clickhouse/client';

export type ClickHouseClient = ReturnType<typeof createClient>;

type Connection = NonNullable<NonNullable<Parameters<typeof createClient>[0]>['connection']> & {
  chdb: {
    /** Hands the bytes to the engine as they are. */
    rawInsert(statement: {
      table: string;
      values: Uint8Array;
      format: 'JSONEachRow';
      settings: Record<string, string | number>;
    }): Promise<unknown>;
  };
};

interface ChdbModule {
  createChdbConnection(options: { path: string }): Connection;
}

export interface ChdbClients {
  reader: ClickHouseClient;
  writer: ClickHouseClient;
  /** Rows as JSON lines, on the writer's connection; the client itself would copy them into a text three times over. */
  insertLines(table: string, lines: Uint8Array, settings: Record<string, string | number>): Promise<void>;
}

/**
 * Opens the engine on `path` (made if missing). The settings given are put on both connections for as long as they
 * live; settings of a single query must stand in its SQL, because chdb keeps settings passed per call.
 * Throws when the package is not installed, or when this process already has another folder open.
 */
export async function openChdb(
  path: string,
  settings: Record<string, string | number>,
  readerSettings: Record<string, string | number>,
): Promise<ChdbClients> {
  const { createChdbConnection } = await loadChdb();
  await mkdir(path, { recursive: true });
  const open = async (own: Record<string, string | number>) => {
    const connection = createChdbConnection({ path });
    const client = createClient({ connection, log: { level: ClickHouseLogLevel.OFF } });
    for (const [name, value] of Object.entries(own)) {
      await client.command({ query: `SET ${name} = ${typeof value === 'number' ? value : `'${value}'`}` });
    }
    return { client, raw: connection.chdb };
  };
  try {
    const writer = await open(settings);
    const reader = await open({ ...settings, ...readerSettings });
    return {
      reader: reader.client,
      writer: writer.client,
      async insertLines(table, values, own) {
        try {
          await writer.raw.rawInsert({ table, values, format: 'JSONEachRow', settings: own });
        } catch (error) {
          // The same error as from a server, with ClickHouse's number.
          throw parseError((error as Error).message);
        }
      },
    };
  } catch (error) {
    throw new Error(`The embedded ClickHouse could not open ${path}: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

async function loadChdb(): Promise<ChdbModule> {
  const name = 'chdb/connection';
  try {
    const loaded = (await import(name)) as Partial<ChdbModule> & { default?: ChdbModule };
    return loaded.createChdbConnection === undefined ? loaded.default! : (loaded as ChdbModule);
  } catch (error) {
    throw new Error(
      'The embedded ClickHouse is not installed: run `npm install --include=optional chdb` (Linux or macOS, 550 MB), or set CLICKHOUSE_URL to a ClickHouse server.',
      { cause: error },
    );
  }
}
