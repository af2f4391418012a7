// Numbered forward migrations for both stores. A migration is a file YYYYMMDD_NNN_name.sql whose first comment begins
// with its description, a sentence. An applied file never changes (SHA-256), none is missing, none slips in before an applied one,
// and only one migrator runs at a time.
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CompiledQuery, type Kysely, sql } from 'kysely';
import type { ClickHouse } from './clickhouse.ts';
import type { DB } from './database.gen.ts';
import { AppError } from './errors.ts';
import { faultPoint } from './fault.ts';
import type { Postgres } from './postgres.ts';

export interface Migration {
  version: string;
  description: string;
  checksum: string;
  statements: string;
}

export interface AppliedMigration {
  version: string;
  description: string;
  checksum: string;
  applied_at: string | null;
}

const FILE_NAME = /^(\d{8}_\d{3})_[a-z0-9_]+\.sql$/;
const LOCK_KEY = 7_214_301;

/** Reads a folder of migrations in order; a misnamed file, two of one version or a gap in a day's numbers is an error. */
export async function readMigrations(folder: string): Promise<Migration[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  const migrations: Migration[] = [];
  for (const name of files) {
    const version = FILE_NAME.exec(name)?.[1];
    if (version === undefined) {
      throw new AppError('conflict', `The migration ${name} is not named YYYYMMDD_NNN_name.sql; rename it.`);
    }
    const text = (await readFile(join(folder, name), 'utf8')).replaceAll('\r\n', '\n');
    migrations.push({
      version,
      description: firstSentence(text) ?? name,
      checksum: createHash('sha256').update(text).digest('hex'),
      statements: text,
    });
  }
  checkNumbers(migrations, folder);
  return migrations;
}

function checkNumbers(migrations: Migration[], folder: string): void {
  const next = new Map<string, number>();
  for (const { version } of migrations) {
    const [day = '', number = ''] = version.split('_');
    const expected = next.get(day) ?? 1;
    if (Number(number) !== expected) {
      throw new AppError(
        'conflict',
        `Migration ${version} in ${folder} should be number ${String(expected).padStart(3, '0')} of its day: there is a gap or a double; renumber it.`,
      );
    }
    next.set(day, expected + 1);
  }
}

/** The migrations still to apply, or an AppError where history and files disagree. */
export function pendingMigrations(
  files: Migration[],
  applied: AppliedMigration[],
  store: string,
): Migration[] {
  const byVersion = new Map(files.map((file) => [file.version, file]));
  for (const done of applied) {
    const file = byVersion.get(done.version);
    if (file === undefined) {
      throw new AppError(
        'conflict',
        `${store} has applied migration ${done.version}, but its file is missing; bring the file back.`,
      );
    }
    if (file.checksum !== done.checksum) {
      throw new AppError(
        'conflict',
        `The file of ${store} migration ${done.version} was changed after it was applied; restore it and put the change into a new migration.`,
      );
    }
  }
  const last =
    applied
      .map((done) => done.version)
      .sort()
      .at(-1) ?? '';
  const done = new Set(applied.map((one) => one.version));
  const pending = files.filter((file) => !done.has(file.version));
  const late = pending.find((file) => file.version < last);
  if (late !== undefined) {
    throw new AppError(
      'conflict',
      `${store} migration ${late.version} is older than the applied ${last}: a gap; give it a later number.`,
    );
  }
  return pending;
}

export interface MigrationStatus {
  postgres: AppliedMigration[];
  clickhouse: AppliedMigration[];
}

interface Stores {
  postgres: Postgres;
  clickhouse: ClickHouse;
  folder: string;
}

/** Of the first comment, over as many lines as it goes on. */
function firstSentence(text: string): string | undefined {
  const comment = /^--.*(?:\r?\n--.*)*/m
    .exec(text)?.[0]
    .replace(/\r?\n--\s*/g, ' ')
    .replace(/^--\s*/, '');
  return comment === undefined ? undefined : /^.*?\.(?=\s|$)|^.*$/.exec(comment)?.[0].trim() || undefined;
}

/** Applies what is pending in both stores while holding a lock in PostgreSQL; throws at once if another migrator holds it.
 * `wanted` leaves others out: a backup is restored into the schema it was made of. */
export async function migrateUp(
  { postgres, clickhouse, folder }: Stores,
  wanted: (version: string) => boolean = () => true,
): Promise<MigrationStatus> {
  const only = (all: Migration[]) => all.filter(({ version }) => wanted(version));
  const files = {
    postgres: only(await readMigrations(join(folder, 'postgres'))),
    clickhouse: only(await readMigrations(join(folder, 'clickhouse'))),
  };
  return await postgres.unhurried(async (owner) =>
    owner.connection().execute(async (connection) => {
      const lock = await sql<{ locked: boolean }>`select pg_try_advisory_lock(${LOCK_KEY}) as locked`.execute(
        connection,
      );
      if (lock.rows[0]?.locked !== true) {
        throw new AppError(
          'conflict',
          'Another migrator is running on this database; wait until it has finished and try again.',
        );
      }
      try {
        await migratePostgres(connection, files.postgres);
        await migrateClickHouse(clickhouse, files.clickhouse);
        return {
          postgres: await appliedInPostgres(connection),
          clickhouse: await appliedInClickHouse(clickhouse),
        };
      } finally {
        await sql`select pg_advisory_unlock(${LOCK_KEY})`.execute(connection).catch(() => undefined);
      }
    }),
  );
}

/** What is applied (applied_at set) and what is pending (applied_at null), in order. */
export async function migrationStatus({ postgres, clickhouse, folder }: Stores): Promise<MigrationStatus> {
  const [postgresFiles, clickhouseFiles] = [
    await readMigrations(join(folder, 'postgres')),
    await readMigrations(join(folder, 'clickhouse')),
  ];
  const appliedPostgres = await appliedInPostgres(postgres.owner);
  const appliedClickHouse = await appliedInClickHouse(clickhouse);
  const pending = (files: Migration[], applied: AppliedMigration[], store: string) =>
    pendingMigrations(files, applied, store).map(({ version, description, checksum }) => ({
      version,
      description,
      checksum,
      applied_at: null,
    }));
  return {
    postgres: [...appliedPostgres, ...pending(postgresFiles, appliedPostgres, 'PostgreSQL')],
    clickhouse: [...appliedClickHouse, ...pending(clickhouseFiles, appliedClickHouse, 'ClickHouse')],
  };
}

/** Only PostgreSQL, without the lock: for a private in-memory database (tests, type generation). */
export async function migratePrivatePostgres(postgres: Postgres, folder: string): Promise<void> {
  const files = await readMigrations(join(folder, 'postgres'));
  await postgres.owner.connection().execute((connection) => migratePostgres(connection, files));
}

async function migratePostgres(connection: Kysely<DB>, files: Migration[]): Promise<void> {
  await sql`create table if not exists schema_migrations (
    version varchar(50) primary key, description text, applied_at timestamptz default now(), checksum varchar(64))`.execute(
    connection,
  );
  for (const migration of pendingMigrations(files, await appliedInPostgres(connection), 'PostgreSQL')) {
    try {
      await connection.transaction().execute(async (tx) => {
        await faultPoint('migration.before_statement');
        await tx.executeQuery(CompiledQuery.raw(migration.statements));
        await faultPoint('migration.before_record');
        await sql`insert into schema_migrations (version, description, checksum)
          values (${migration.version}, ${migration.description}, ${migration.checksum})`.execute(tx);
      });
    } catch (error) {
      throw new Error(
        `PostgreSQL migration ${migration.version} failed and was rolled back: ${(error as Error).message}`,
        { cause: error },
      );
    }
  }
}

async function appliedInPostgres(connection: Kysely<DB>): Promise<AppliedMigration[]> {
  const there = await sql<{
    there: boolean;
  }>`select to_regclass('schema_migrations') is not null as there`.execute(connection);
  if (there.rows[0]?.there !== true) return [];
  const result = await sql<{ version: string; description: string; checksum: string; applied_at: Date }>`
    select version, description, checksum, applied_at from schema_migrations order by version`.execute(
    connection,
  );
  return result.rows.map((row) => ({ ...row, applied_at: row.applied_at.toISOString() }));
}

// ClickHouse has no transactions over statements: each statement can be run again (IF NOT EXISTS), and the record comes last.
async function migrateClickHouse(clickhouse: ClickHouse, files: Migration[]): Promise<void> {
  await clickhouse.command(
    'CREATE TABLE IF NOT EXISTS schema_migrations (version String, description String, applied_at DateTime DEFAULT now(), checksum String) ENGINE = ReplacingMergeTree(applied_at) ORDER BY version SETTINGS fsync_after_insert = 1, fsync_part_directory = 1',
  );
  for (const migration of pendingMigrations(files, await appliedInClickHouse(clickhouse), 'ClickHouse')) {
    for (const statement of splitStatements(migration.statements)) {
      try {
        await faultPoint('migration.before_statement');
        await clickhouse.command(statement);
      } catch (error) {
        throw new Error(
          `ClickHouse migration ${migration.version} stopped: ${(error as Error).message}. Mend the cause and run the migration again; it goes on from there.`,
          { cause: error },
        );
      }
    }
    await faultPoint('migration.before_record');
    await clickhouse.insert('schema_migrations', [
      { version: migration.version, description: migration.description, checksum: migration.checksum },
    ]);
  }
}

async function appliedInClickHouse(clickhouse: ClickHouse): Promise<AppliedMigration[]> {
  const there = await clickhouse.query<{ there: number | string }>(
    "SELECT count() AS there FROM system.tables WHERE database = currentDatabase() AND name = 'schema_migrations'",
  );
  if (Number(there[0]?.there ?? 0) === 0) return [];
  const rows = await clickhouse.query<{
    version: string;
    description: string;
    checksum: string;
    applied_at: string;
  }>(
    'SELECT version, any(description) AS description, any(checksum) AS checksum, toString(min(applied_at)) AS applied_at FROM schema_migrations GROUP BY version ORDER BY version',
  );
  return rows.map((row) => ({ ...row, applied_at: `${row.applied_at.replace(' ', 'T')}Z` }));
}

/** Statements of a ClickHouse migration: separated by a semicolon at a line's end; comment lines dropped. */
export function splitStatements(text: string): string[] {
  return text
    .split(/;\s*$/m)
    .map((statement) => statement.replace(/^\s*--.*$/gm, '').trim())
    .filter((statement) => statement !== '');
}
