// Opens the stores of the profile, for the whole application and for commands that need no more than them.
import { join } from 'node:path';
import { type Config, ROOT } from './config.ts';
import type { Deps } from './features/context.ts';
import { openClickHouse } from './platform/clickhouse.ts';
import { AppError } from './platform/errors.ts';
import { openEvents } from './platform/events.ts';
import { armFaults } from './platform/fault.ts';
import { openFiles } from './platform/files.ts';
import { openJobs } from './platform/jobs.ts';
import { openKv } from './platform/kv.ts';
import { lockFolder } from './platform/lock.ts';
import { migrateUp, migrationStatus } from './platform/migrate.ts';
import { openPostgres } from './platform/postgres.ts';
import type { Logger } from './platform/telemetry.ts';
import { startTracing } from './platform/tracing.ts';

/**
 * Opens every store of the profile and migrates them, under the lock of the data folder where something is kept in it
 * that only one process may use: an embedded store, or the event journal that stands in for Redis.
 */
export async function openStores(
  config: Config,
  log: Logger,
  now: () => Date = () => new Date(),
  { migrate = true }: { migrate?: boolean } = {},
): Promise<{ deps: Deps; close: () => Promise<void> }> {
  const closers: (() => Promise<void> | void)[] = [];
  const close = async () => {
    for (const closer of closers.reverse())
      await Promise.resolve(closer()).catch((error: unknown) =>
        log.error({ error: String(error) }, 'closing'),
      );
    closers.length = 0;
  };
  try {
    armFaults(config.fault_file);
    if (config.tracing !== undefined) {
      closers.push(
        await startTracing({
          ...config.tracing,
          onError: (error) => log.warn({ error: error.message }, 'traces were not sent'),
        }),
      );
    }
    if (
      config.postgres.mode === 'embedded' ||
      config.clickhouse.mode === 'embedded' ||
      config.redis_url === undefined
    ) {
      closers.push(lockFolder(config.data_dir, process.argv.slice(2).join(' ') || 'ofs'));
    }
    const [postgres, clickhouse] = await Promise.all([
      openPostgres(config.postgres),
      openClickHouse(config.clickhouse),
    ]);
    closers.push(
      () => postgres.close(),
      () => clickhouse.close(),
    );
    if (migrate) await bringUpToDate({ postgres, clickhouse, folder: join(ROOT, 'migrations') });
    const kv = await openKv(
      config.redis_url === undefined ? { mode: 'memory' } : { mode: 'redis', url: config.redis_url },
    );
    closers.push(() => kv.close());
    const files = await openFiles(
      config.files.mode === 'local'
        ? config.files
        : {
            mode: 's3',
            bucket: config.files.bucket,
            region: config.files.region,
            cold_storage_class: config.files.cold_storage_class,
            ...(config.files.endpoint === undefined ? {} : { endpoint: config.files.endpoint }),
            ...(config.files.access_key_id === undefined
              ? {}
              : { access_key_id: config.files.access_key_id }),
            ...(config.files.secret_access_key === undefined
              ? {}
              : { secret_access_key: config.files.secret_access_key }),
          },
    );
    closers.push(() => files.close());
    const events = await openEvents({
      clickhouse,
      onError: (error) => log.warn({ error: error.message }, 'events wait to be inserted'),
      ...(config.redis_url === undefined
        ? { mode: 'journal', folder: join(config.data_dir, 'events') }
        : {
            mode: 'redis',
            url: config.redis_url,
            reclaim_ms: config.events_reclaim_seconds * 1000,
          }),
    });
    closers.push(() => events.close());
    const jobs = openJobs(postgres, log);
    return { deps: { config, postgres, clickhouse, kv, files, jobs, events, log, now }, close };
  } catch (error) {
    await close();
    throw error;
  }
}

const MIGRATION_WAIT_MS = 60_000;

/** Several processes may start at once: one migrates, the others wait for it. */
async function bringUpToDate(stores: Parameters<typeof migrateUp>[0]): Promise<void> {
  const deadline = Date.now() + MIGRATION_WAIT_MS;
  for (;;) {
    const status = await migrationStatus(stores);
    if ([...status.postgres, ...status.clickhouse].every((migration) => migration.applied_at !== null))
      return;
    try {
      await migrateUp(stores);
      return;
    } catch (error) {
      if (!(error instanceof AppError && /Another migrator/.test(error.message)) || Date.now() > deadline)
        throw error;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}

/** Rejects while a migration of this program is missing in a store. */
export async function assertMigrated(stores: Parameters<typeof migrateUp>[0]): Promise<void> {
  const status = await migrationStatus(stores);
  if ([...status.postgres, ...status.clickhouse].some((one) => one.applied_at === null))
    throw new Error('Migrations are pending.');
}
