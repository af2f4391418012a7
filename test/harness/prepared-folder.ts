// A data folder that is migrated already, copied instead of made anew for every test file: making one takes seconds,
// copying one a tenth of a second. It is kept among the temporary files under the hash of what it was made from.
import { createHash, randomUUID } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, readConfig } from '../../server/config.ts';

/** What decides how a fresh data folder looks: the migrations and the versions of the embedded stores. */
function fingerprint(): string {
  const hash = createHash('sha256');
  for (const store of ['postgres', 'clickhouse']) {
    const folder = join(ROOT, 'migrations', store);
    for (const name of readdirSync(folder).sort()) hash.update(name).update(readFileSync(join(folder, name)));
  }
  for (const name of ['@electric-sql/pglite', '@electric-sql/pglite-pgvector', 'chdb', 'pg-boss']) {
    const file = join(ROOT, 'node_modules', name, 'package.json');
    hash.update(existsSync(file) ? readFileSync(file) : name);
  }
  return hash.digest('hex').slice(0, 16);
}

/** Fills `into` (new or empty) with migrated embedded stores that hold nothing yet. */
export async function copyMigratedFolder(into: string): Promise<void> {
  const hash = fingerprint();
  const kept = join(tmpdir(), `ofs-migrated-${hash}`);
  if (!existsSync(kept)) {
    const made = `${kept}.${randomUUID()}`;
    mkdirSync(made, { recursive: true });
    const [{ openApp }, { makeLogger }] = await Promise.all([
      import('../../server/app.ts'),
      import('../../server/platform/telemetry.ts'),
    ]);
    const app = await openApp(
      readConfig({ NODE_ENV: 'test', LOG_LEVEL: 'silent' }, { data_dir: made }),
      makeLogger('silent'),
    );
    await app.startWork({ work: true });
    await app.close();
    // A migration was added meanwhile: what was made is of neither hash.
    if (fingerprint() !== hash) {
      rmSync(made, { recursive: true, force: true });
      await copyMigratedFolder(into);
      return;
    }
    try {
      renameSync(made, kept);
    } catch {
      // Another process was first: its folder is as good.
      rmSync(made, { recursive: true, force: true });
    }
  }
  cpSync(kept, into, { recursive: true });
}
