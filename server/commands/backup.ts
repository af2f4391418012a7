// `ofs backup`: PostgreSQL, ClickHouse, unfinished jobs and files into one folder or one tar file; with embedded stores
// through the process that holds them, where one runs.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type Config, ROOT, VERSION } from '../config.ts';
import type { Deps } from '../features/context.ts';
import { type BackupResult, type BackupStores, makeBackup } from '../platform/backup.ts';
import { askControl, openControl } from '../platform/control.ts';
import { AppError } from '../platform/errors.ts';
import type { Logger } from '../platform/telemetry.ts';
import { openStores } from '../stores.ts';
import { type Command, UsageError } from './command.ts';

export function backupStores(deps: Deps): BackupStores {
  const { postgres, clickhouse, files, jobs, events } = deps;
  const migrations = join(ROOT, 'migrations');
  return {
    postgres,
    clickhouse,
    files,
    jobs,
    events,
    migrations,
    program: `ofs ${VERSION}`,
    now: deps.now(),
  };
}

/**
 * The door through which `ofs backup` asks this process, where a store is its own; servers are read beside it. The function
 * returned closes it.
 */
export async function openBackupDoor(deps: Deps): Promise<() => void> {
  const { config } = deps;
  const own =
    config.postgres.mode === 'embedded' ||
    config.clickhouse.mode === 'embedded' ||
    config.redis_url === undefined;
  if (!own) return () => undefined;
  return await openControl(config.data_dir, async ({ backup: folder }) => {
    if (typeof folder !== 'string') throw new Error('There is no such command.');
    return await makeBackup(backupStores(deps), folder);
  });
}

export const backupCommand: Command = {
  name: 'backup',
  usage: 'backup --out DIR|FILE.tar',
  summary: 'copies every store and file into a folder or a tar file, also while the program runs',
  options: { out: 'string' },
  async run({ words, options, config, log, print }) {
    const out = options['out'];
    if (words.length > 0 || typeof out !== 'string' || out === '')
      throw new UsageError(`Usage: ofs ${this.usage}`);
    const path = resolve(out);
    const result = /\.tar$/.test(path)
      ? await packed(path, (folder) => backup(config, log, folder))
      : await backup(config, log, path);
    print(
      { out: path, ...result },
      () =>
        `Backed up to ${path}: ${result.tables} tables with ${result.rows} rows, ${result.events} events, ${result.files} files (${result.file_bytes} bytes).`,
    );
  },
};

async function backup(config: Config, log: Logger, folder: string): Promise<BackupResult> {
  const running = await askControl<BackupResult>(config.data_dir, { backup: folder });
  if (running !== undefined) return running;
  const { deps, close } = await openStores(config, log, undefined, { migrate: false });
  try {
    return await makeBackup(backupStores(deps), folder);
  } finally {
    await close();
  }
}

/** Makes the folder beside the file, then one file of it. */
async function packed<T>(path: string, make: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(dirname(path), '.backup-'));
  try {
    const result = await make(folder);
    tar(['-cf', `${path}.half`, '-C', folder, '.']);
    renameSync(`${path}.half`, path);
    return result;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function tar(args: string[]): void {
  const done = spawnSync('tar', args, { encoding: 'utf8' });
  if (done.error !== undefined || done.status !== 0)
    throw new AppError(
      'unreadable_file',
      `The program tar failed: ${done.error?.message ?? done.stderr.trim().split('\n')[0]}; use a folder instead of a tar file.`,
    );
}
