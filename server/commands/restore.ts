// `ofs restore`: a backup into empty stores; refuses what is not empty, damaged, or of a newer schema.
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Config, ROOT } from '../config.ts';
import { readRestorable, restoreBackup } from '../platform/backup.ts';
import { AppError } from '../platform/errors.ts';
import { openStores } from '../stores.ts';
import { backupStores, tar } from './backup.ts';
import { type Command, UsageError } from './command.ts';

export const restoreCommand: Command = {
  name: 'restore',
  usage: 'restore --from DIR|FILE.tar',
  summary: 'brings a backup into empty stores (--data DIR, or those the environment names)',
  options: { from: 'string' },
  async run({ words, options, config, log, print }) {
    const from = options['from'];
    if (words.length > 0 || typeof from !== 'string' || from === '')
      throw new UsageError(`Usage: ofs ${this.usage}`);
    const path = resolve(from);
    if (!existsSync(path))
      throw new UsageError(`There is nothing at ${path}; give the folder or file of a backup.`);
    const unpacked = statSync(path).isDirectory() ? undefined : mkdtempSync(join(tmpdir(), 'ofs-restore-'));
    try {
      if (unpacked !== undefined) tar(['-xf', path, '-C', unpacked]);
      // Before anything is opened: a refused restore leaves nothing behind.
      await readRestorable(unpacked ?? path, join(ROOT, 'migrations'));
      requireNewFolder(config);
      const { deps, close } = await openStores(config, log, undefined, { migrate: false });
      try {
        const result = await restoreBackup(backupStores(deps), unpacked ?? path);
        print(
          result,
          () =>
            `Restored the backup of ${result.made_at}: ${result.tables} tables with ${result.rows} rows, ${result.events} events, ${result.files} files.`,
        );
      } finally {
        await close();
      }
    } finally {
      if (unpacked !== undefined) rmSync(unpacked, { recursive: true, force: true });
    }
  },
};

/** What an embedded database has begun is not empty: it was migrated when it was made. */
function requireNewFolder({ postgres, data_dir }: Config): void {
  if (postgres.mode === 'embedded' && existsSync(join(postgres.path, 'PG_VERSION')))
    throw new AppError(
      'conflict',
      `There is data already in ${data_dir}: a backup is restored into empty stores only; give --data a new folder.`,
    );
}
