// A backup of all that matters: PostgreSQL in one snapshot, the unfinished jobs, ClickHouse's tables, every file. PostgreSQL
// comes first: an event that was in its outbox then and is in ClickHouse's part too is found there after the restore, and
// a file without its row does no harm.
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { dumpEngine, loadEngine } from './backup-clickhouse.ts';
import {
  damaged,
  type Manifest,
  type Part,
  readLines,
  readManifest,
  writeLines,
  writeManifest,
} from './backup-folder.ts';
import { dumpTables, isEmptyDatabase, loadTables } from './backup-postgres.ts';
import type { ClickHouse } from './clickhouse.ts';
import { AppError } from './errors.ts';
import type { EventQueue } from './events.ts';
import type { Files } from './files.ts';
import type { Jobs } from './jobs.ts';
import type { PendingJob } from './jobs-admin.ts';
import { migrateUp, migrationStatus, readMigrations } from './migrate.ts';
import type { Postgres } from './postgres.ts';

export interface BackupStores {
  postgres: Postgres;
  clickhouse: ClickHouse;
  files: Files;
  jobs: Jobs;
  events: EventQueue;
  /** The folder of the migrations. */
  migrations: string;
  program: string;
  now: Date;
}

export interface BackupResult {
  made_at: string;
  tables: number;
  rows: number;
  events: number;
  files: number;
  file_bytes: number;
}

/** Writes a backup into `folder`, which must be empty or not there. The stores may be in use. */
export async function makeBackup(stores: BackupStores, folder: string): Promise<BackupResult> {
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length > 0)
    throw new AppError('conflict', `The folder ${folder} is not empty; give one that is, or a new one.`);
  const status = await migrationStatus({ ...stores, folder: stores.migrations });
  const applied = (list: typeof status.postgres) =>
    list.filter((one) => one.applied_at !== null).map(({ version, checksum }) => ({ version, checksum }));
  const tables: Manifest['postgres']['tables'] = {};
  const { sequences } = await dumpTables(stores.postgres, async (table, lines) => {
    const part = await writeLines(folder, `postgres/${table.name}.jsonl.gz`, lines);
    tables[table.name] = { ...part, columns: table.columns, key: table.key };
  });
  const jobs = await writeLines(folder, 'jobs.jsonl.gz', pendingLines(stores.jobs));
  await drain(stores.events);
  const clickhouse = await dumpEngine(stores.clickhouse, folder);
  const files = await copyFiles(stores.files, folder);
  const made_at = stores.now.toISOString();
  await writeManifest(folder, {
    format: 1,
    made_at,
    program: stores.program,
    profile: { postgres: stores.postgres.mode, clickhouse: stores.clickhouse.mode, files: stores.files.mode },
    migrations: { postgres: applied(status.postgres), clickhouse: applied(status.clickhouse) },
    postgres: { tables, sequences },
    jobs,
    clickhouse: { tables: clickhouse },
    files,
  });
  return {
    made_at,
    tables: Object.keys(tables).length,
    rows: Object.values(tables).reduce((sum, one) => sum + one.rows, 0),
    events: clickhouse['events']?.rows ?? 0,
    files: files.length,
    file_bytes: files.reduce((sum, one) => sum + one.size, 0),
  };
}

async function* pendingLines(jobs: Jobs): AsyncGenerator<string> {
  for (const job of await jobs.pending()) yield JSON.stringify(job);
}

async function drain(events: EventQueue): Promise<void> {
  await events.drain().catch((error: Error) => {
    throw new AppError(
      'unavailable',
      `Events wait that ClickHouse does not take (${error.message}); mend that first, or they would not be in the backup.`,
      { retry_after: 60 },
    );
  });
}

async function copyFiles(files: Files, folder: string): Promise<Manifest['files']> {
  const copied: Manifest['files'] = [];
  for await (const { key, content_type, tier } of files.list('')) {
    const path = join(folder, 'files', ...key.split('/'));
    await mkdir(dirname(path), { recursive: true });
    const hash = createHash('sha256');
    let size = 0;
    try {
      await pipeline(
        await files.get(key),
        async function* (source) {
          for await (const chunk of source as AsyncIterable<Buffer>) {
            hash.update(chunk);
            size += chunk.length;
            yield chunk;
          }
        },
        createWriteStream(path, { flush: true }),
      );
    } catch (error) {
      // Deleted since it was listed.
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') continue;
      throw error;
    }
    copied.push({ key, size, sha256: hash.digest('hex'), content_type, tier });
  }
  return copied;
}

/** Reads the manifest; throws a sentence unless there is one and its schema is one this program knows. */
export async function readRestorable(folder: string, migrations: string): Promise<Manifest> {
  const manifest = await readManifest(folder);
  for (const store of ['postgres', 'clickhouse'] as const) {
    const known = new Map(
      (await readMigrations(join(migrations, store))).map((one) => [one.version, one.checksum]),
    );
    for (const { version, checksum } of manifest.migrations[store]) {
      if (known.get(version) !== checksum)
        throw new AppError(
          'conflict',
          `The backup is of a newer or different schema: this program does not have ${store} migration ${version}; restore it with the program that made it (${manifest.program}) or a later one.`,
        );
    }
  }
  return manifest;
}

/** Throws a sentence unless every store is empty. */
async function assertEmpty(stores: BackupStores): Promise<void> {
  const engine = await stores.clickhouse.query<{ n: number }>(
    "SELECT count() AS n FROM system.tables WHERE database = currentDatabase() AND name = 'schema_migrations'",
  );
  const firstFile = await stores.files.list('')[Symbol.asyncIterator]().next();
  const full = [
    ...((await isEmptyDatabase(stores.postgres)) ? [] : ['PostgreSQL']),
    ...(Number(engine[0]?.n ?? 0) === 0 ? [] : ['ClickHouse']),
    ...(firstFile.done === true ? [] : ['the file store']),
  ];
  if (full.length > 0)
    throw new AppError(
      'conflict',
      `There is data already in ${full.join(' and ')}: a backup is restored into empty stores only.`,
    );
}

/** Puts a backup into empty stores, brings the schema up to date, and checks every checksum on the way. */
export async function restoreBackup(stores: BackupStores, folder: string): Promise<BackupResult> {
  const manifest = await readRestorable(folder, stores.migrations);
  await assertEmpty(stores);
  const versions = new Set(
    [...manifest.migrations.postgres, ...manifest.migrations.clickhouse].map((one) => one.version),
  );
  const where = { ...stores, folder: stores.migrations };
  await migrateUp(where, (version) => versions.has(version));
  const { tables, sequences } = manifest.postgres;
  await loadTables(
    stores.postgres,
    Object.entries(tables).map(([name, { columns, key }]) => ({ name, columns, key })),
    (name) => readLines(folder, tables[name] as Part),
    sequences,
  );
  await loadEngine(stores.clickhouse, manifest.clickhouse.tables, folder);
  await loadFiles(stores.files, manifest, folder);
  await migrateUp(where);
  await stores.jobs.start({ work: false });
  try {
    const jobs: PendingJob[] = [];
    for await (const line of readLines(folder, manifest.jobs)) jobs.push(JSON.parse(line) as PendingJob);
    await stores.jobs.restore(jobs);
  } finally {
    await stores.jobs.stop(0);
  }
  return {
    made_at: manifest.made_at,
    tables: Object.keys(tables).length,
    rows: Object.values(tables).reduce((sum, one) => sum + one.rows, 0),
    events: manifest.clickhouse.tables['events']?.rows ?? 0,
    files: manifest.files.length,
    file_bytes: manifest.files.reduce((sum, one) => sum + one.size, 0),
  };
}

async function loadFiles(files: Files, manifest: Manifest, folder: string): Promise<void> {
  for (const file of manifest.files) {
    const path = join(folder, 'files', ...file.key.split('/'));
    const stored = await files.put(file.key, createReadStream(path), { content_type: file.content_type });
    if (stored.sha256 !== file.sha256) throw damaged(`files/${file.key}`);
    if (file.tier === 'cold') await files.setTier(file.key, 'cold');
  }
}
