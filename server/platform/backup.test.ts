// A backup of a used system, taken while it runs, restored into an empty folder by the command line: every table, every
// event and every file is the same afterwards, and the restored system works.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { samplePlanDxf } from '../../engine/plan/generator/sample.ts';
import { openTestApp, type Person, type TestApp, until } from '../../test/harness/app.ts';
import { temporaryFolder } from '../../test/harness/process.ts';
import { backupStores } from '../commands/backup.ts';
import { ROOT } from '../config.ts';
import { makeBackup } from './backup.ts';

let t: TestApp;
let ada: Person;
const folder = temporaryFolder();
const at = (name: string) => join(folder.path, name);

const ofs = (words: string[]) =>
  spawnSync(process.execPath, ['--no-warnings', join(ROOT, 'server/main.ts'), ...words], {
    encoding: 'utf8',
    env: { ...process.env, NODE_ENV: 'test', OFS_SEED_DEMO: 'false' },
  });

beforeAll(async () => {
  t = await openTestApp();
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
});
afterAll(async () => {
  await t.close();
  folder.remove();
});

describe('a backup', () => {
  it('taken from a running system is the same once restored and taken again', async () => {
    const { deps } = t.app;
    await t.app.deps.jobs.stop(1_000);
    const first = await makeBackup(backupStores(deps), at('first'));
    expect(first.files).toBeGreaterThan(0);
    expect(first.events).toBeGreaterThan(0);
    const restored = ofs(['restore', '--from', at('first'), '--data', at('data'), '--json']);
    expect(restored.status, restored.stderr).toBe(0);
    const again = ofs(['backup', '--out', at('second'), '--data', at('data'), '--json']);
    expect(again.status, again.stderr).toBe(0);
    const manifest = (name: string) => JSON.parse(readFileSync(join(at(name), 'manifest.json'), 'utf8'));
    const [a, b] = [manifest('first'), manifest('second')];
    expect(Object.keys(a.postgres.tables).length).toBeGreaterThan(40);
    // Contents, not only numbers: the checksum of every table's rows in order, of every event and of every file.
    expect(b.postgres).toEqual(a.postgres);
    expect(b.clickhouse).toEqual(a.clickhouse);
    expect(b.files).toEqual(a.files);
    expect(b.jobs.rows).toBe(a.jobs.rows);
    for (const file of a.files) {
      const bytes = readFileSync(join(at('second'), 'files', file.key));
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(file.sha256);
    }
  }, 120_000);

  it('is not restored over something, nor damaged, nor of a newer schema', () => {
    const over = ofs(['restore', '--from', at('first'), '--data', at('data')]);
    expect([over.status, over.stderr]).toEqual([
      2,
      expect.stringContaining('There is data already in PostgreSQL'),
    ]);
    const path = join(at('second'), 'manifest.json');
    const manifest = JSON.parse(readFileSync(path, 'utf8'));
    manifest.migrations.postgres.push({ version: '20990101_001', checksum: 'x' });
    writeFileSync(path, JSON.stringify(manifest));
    const newer = ofs(['restore', '--from', at('second'), '--data', at('other')]);
    expect([newer.status, newer.stderr]).toEqual([2, expect.stringContaining('20990101_001')]);
    manifest.migrations.postgres.pop();
    manifest.postgres.tables.users.sha256 = 'f'.repeat(64);
    writeFileSync(path, JSON.stringify(manifest));
    const damaged = ofs(['restore', '--from', at('second'), '--data', at('other')]);
    expect([damaged.status, damaged.stderr]).toEqual([2, expect.stringContaining('users.jsonl.gz')]);
  }, 120_000);
});
