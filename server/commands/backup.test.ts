// A backup of a used system, asked of the process that holds the stores, restored into an empty folder by the command line:
// every table, every event and every file is the same afterwards.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { samplePlanDxf } from '../../engine/plan/generator/sample.ts';
import { openTestApp, type Person, type TestApp, until } from '../../test/harness/app.ts';
import { temporaryFolder } from '../../test/harness/process.ts';
import { ROOT } from '../config.ts';
import { openPostgres, type Postgres } from '../platform/postgres.ts';
import { openBackupDoor, tar } from './backup.ts';

let t: TestApp;
let ada: Person;
let closeDoor: () => void;
const folder = temporaryFolder();
const at = (name: string) => join(folder.path, name);
const manifestOf = (name: string) => JSON.parse(readFileSync(join(at(name), 'manifest.json'), 'utf8'));

/** Not spawnSync: a backup is answered by this process. */
async function ofs(words: string[]): Promise<{ status: number | null; stderr: string }> {
  const child = spawn(process.execPath, ['--no-warnings', join(ROOT, 'server/main.ts'), ...words], {
    env: { ...process.env, NODE_ENV: 'test', OFS_SEED_DEMO: 'false' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const [status] = (await once(child, 'close')) as [number | null];
  return { status, stderr };
}

/** Rows and a hash of them for every table there is, by the catalogue; generated columns too. */
async function contentsOf(postgres: Postgres): Promise<Record<string, string>> {
  const tables = await postgres.pool.query<{ name: string }>(
    `select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
       and relname <> 'schema_migrations' order by relname`,
  );
  return await postgres.asSystem(async (tx) => {
    const found: Record<string, string> = {};
    for (const { name } of tables.rows) {
      const { rows } = await sql<{ rows: number; hash: string }>`select count(*)::int as rows,
        coalesce(md5(string_agg(md5(t::text), '' order by md5(t::text))), '') as hash from ${sql.table(name)} t`.execute(
        tx,
      );
      found[name] = `${rows[0]?.rows} rows, ${rows[0]?.hash}`;
    }
    return found;
  });
}

beforeAll(async () => {
  t = await openTestApp();
  closeDoor = await openBackupDoor(t.app.deps);
  await t.join('Admin');
  ada = await t.join('Ada');
  const project = await ada.post('/projects', {
    name: 'Ünïcode "quotes", \\ and 椅子',
    client: { name: 'Co' },
  });
  const plan = await ada.upload(`/projects/${project.body.id}/floor-plans`, 'plan.dxf', samplePlanDxf(8));
  await until(
    () => ada.get(`/floor-plans/${plan.body.id}`),
    (answer) => answer.body.status === 'analyzed',
  );
  await t.app.features.catalog.seedGenerated({ seed: 3, count: 60 });
  // Nothing moves any more: what is compared below does not change by itself.
  await t.app.deps.jobs.stop(1_000);
  await until(
    async () => {
      const { rows } = await t.app.deps.postgres.pool.query('select 1 from event_outbox limit 1');
      return { status: rows.length, body: rows, headers: {} };
    },
    ({ status }) => status === 0,
  );
});
afterAll(async () => {
  closeDoor();
  await t.close();
  folder.remove();
});

describe('a backup', () => {
  it('of a running system is the same once restored, and once taken again', async () => {
    const { config, postgres } = t.app.deps;
    const made = await ofs(['backup', '--out', at('first.tar'), '--data', config.data_dir]);
    expect(made.status, made.stderr).toBe(0);
    const before = await contentsOf(postgres);
    const restored = await ofs(['restore', '--from', at('first.tar'), '--data', at('data')]);
    expect(restored.status, restored.stderr).toBe(0);
    const copy = await openPostgres({ mode: 'embedded', path: join(at('data'), 'postgres') });
    try {
      expect(await contentsOf(copy)).toEqual(before);
    } finally {
      await copy.close();
    }

    const again = await ofs(['backup', '--out', at('second'), '--data', at('data')]);
    expect(again.status, again.stderr).toBe(0);
    mkdirSync(at('first'));
    tar(['-xf', at('first.tar'), '-C', at('first')]);
    const [a, b] = [manifestOf('first'), manifestOf('second')];
    // Not a list kept by hand: every table of the catalogue is in it.
    expect(Object.keys(a.postgres.tables)).toEqual(Object.keys(before));
    expect(a.clickhouse.tables.events.rows).toBeGreaterThan(0);
    expect(a.files.length).toBeGreaterThan(0);
    // Contents, not only numbers: the checksum of every table's rows in order, of every event and of every file.
    expect(b.postgres).toEqual(a.postgres);
    expect(b.clickhouse).toEqual(a.clickhouse);
    expect(b.files).toEqual(a.files);
    expect(b.jobs.rows).toBe(a.jobs.rows);
    for (const file of a.files) {
      const bytes = readFileSync(join(at('second'), 'files', file.key));
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(file.sha256);
    }
  }, 180_000);

  it('is not restored over something, nor of a newer schema, and nothing is left behind', async () => {
    const over = await ofs(['restore', '--from', at('first'), '--data', at('data')]);
    expect([over.status, over.stderr]).toEqual([
      2,
      expect.stringMatching(/^[^\n]*There is data already in [^\n]*\n$/),
    ]);
    const path = join(at('second'), 'manifest.json');
    const manifest = manifestOf('second');
    manifest.migrations.postgres.push({ version: '20990101_001', checksum: 'x' });
    writeFileSync(path, JSON.stringify(manifest));
    const newer = await ofs(['restore', '--from', at('second'), '--data', at('other')]);
    expect([newer.status, newer.stderr]).toEqual([
      2,
      expect.stringMatching(/^[^\n]*newer or different schema[^\n]*20990101_001[^\n]*\n$/),
    ]);
    expect(existsSync(at('other'))).toBe(false);
  }, 180_000);
});
