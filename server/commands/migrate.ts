// `ofs migrate` and `ofs schema`: the migrations of both stores and what they made.
import { join } from 'node:path';
import { type Config, ROOT } from '../config.ts';
import { openClickHouse } from '../platform/clickhouse.ts';
import { armFaults } from '../platform/fault.ts';
import { lockFolder } from '../platform/lock.ts';
import { type MigrationStatus, migrateUp, migrationStatus } from '../platform/migrate.ts';
import { openPostgres } from '../platform/postgres.ts';
import {
  type ClickHouseTable,
  type PostgresTable,
  readClickHouseSchema,
  readPostgresSchema,
} from '../platform/schema.ts';
import { type Command, UsageError } from './command.ts';

interface Schema {
  postgres: { tables: Record<string, PostgresTable> };
  clickhouse: { tables: Record<string, ClickHouseTable> };
}

async function withStores<T>(
  config: Config,
  command: string,
  fn: (stores: Parameters<typeof migrateUp>[0]) => Promise<T>,
): Promise<T> {
  armFaults(config.fault_file);
  const embedded = config.postgres.mode === 'embedded' || config.clickhouse.mode === 'embedded';
  const unlock = embedded ? lockFolder(config.data_dir, command) : () => undefined;
  try {
    const [postgres, clickhouse] = await Promise.all([
      openPostgres(config.postgres),
      openClickHouse(config.clickhouse),
    ]);
    try {
      return await fn({ postgres, clickhouse, folder: join(ROOT, 'migrations') });
    } finally {
      await Promise.all([postgres.close(), clickhouse.close()]);
    }
  } finally {
    unlock();
  }
}

function table(status: MigrationStatus): string {
  return (['postgres', 'clickhouse'] as const)
    .flatMap((store) => [
      store,
      ...status[store].map(
        (one) => `  ${one.version}  ${one.applied_at ?? 'pending'.padEnd(24)}  ${one.description}`,
      ),
    ])
    .join('\n');
}

export const migrateCommand: Command = {
  name: 'migrate',
  usage: 'migrate [up|status]',
  summary: 'applies pending migrations in both stores, or lists them',
  options: {},
  async run({ words, config, print }) {
    const [verb = 'up', ...rest] = words;
    if (!['up', 'status'].includes(verb) || rest.length > 0) throw new UsageError(`Usage: ofs ${this.usage}`);
    const status = await withStores(config, `migrate ${verb}`, (stores) =>
      verb === 'up' ? migrateUp(stores) : migrationStatus(stores),
    );
    print(status, () => table(status));
  },
};

export const schemaCommand: Command = {
  name: 'schema',
  usage: 'schema',
  summary: 'the live schema of both stores',
  options: {},
  async run({ words, config, print }) {
    if (words.length > 0) throw new UsageError(`Usage: ofs ${this.usage}`);
    const schema: Schema = await withStores(config, 'schema', async (stores) => {
      await migrateUp(stores);
      return {
        postgres: { tables: await readPostgresSchema(stores.postgres.owner) },
        clickhouse: { tables: await readClickHouseSchema(stores.clickhouse) },
      };
    });
    print(schema, () =>
      [
        'postgres',
        ...Object.entries(schema.postgres.tables).map(([name, { columns }]) => lineOf(name, columns)),
        'clickhouse',
        ...Object.entries(schema.clickhouse.tables).map(([name, { columns }]) => lineOf(name, columns)),
      ].join('\n'),
    );
  },
};

function lineOf(table: string, columns: { name: string }[]): string {
  return `  ${table} (${columns.map((column) => column.name).join(', ')})`;
}
