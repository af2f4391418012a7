// A backup of real servers, taken beside a process that serves from them, brought into other databases and into an embedded
// system: every table, found in the catalogues, has the same rows, every event and every file is there.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tar } from '../../server/commands/backup.ts';
import { ROOT } from '../../server/config.ts';
import { type ClickHouse, openClickHouse } from '../../server/platform/clickhouse.ts';
import { call, eventually, openStage, planForm, type Stage, signUp, type User } from './stage.ts';

const opened = await openStage();
if (typeof opened === 'string') console.warn(`Backups of servers are not tested here: ${opened}.`);
const stage = opened as Stage;
let user: User;
let plan: string;
let url: string;
const at = (name: string) => join(stage.folder, name);
const manifestOf = (name: string) => JSON.parse(readFileSync(join(at(name), 'manifest.json'), 'utf8'));

/** Where a restore goes: databases of their own on the same servers, and a folder. */
function elsewhere(name: string): Record<string, string> {
  const postgres = new URL(stage.servers.postgres!.url);
  postgres.pathname = `/${name}`;
  return {
    DATABASE_URL: postgres.href,
    CLICKHOUSE_URL: stage.servers.clickhouse!.url,
    CLICKHOUSE_DATABASE: name,
    REDIS_URL: stage.servers.redis!.url,
    OFS_COLD_DIR: join(at(name), 'cold'),
  };
}

async function ofs(words: string[], env: Record<string, string>) {
  const child = spawn(process.execPath, ['--no-warnings', join(ROOT, 'server/main.ts'), ...words], {
    env: { ...process.env, NODE_ENV: 'test', OFS_SEED_DEMO: 'false', ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const [status] = (await once(child, 'close')) as [number | null];
  return { status, stderr };
}

async function tablesOf(database: string): Promise<Record<string, string>> {
  const address = new URL(stage.servers.postgres!.url);
  address.pathname = `/${database}`;
  const client = new pg.Client({ connectionString: address.href });
  await client.connect();
  const found: Record<string, string> = {};
  const { rows } = await client.query<{ name: string }>(
    `select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
       and relname <> 'schema_migrations' order by relname`,
  );
  for (const { name } of rows) {
    const contents = await client.query(
      `select count(*)::int as rows, md5(string_agg(md5(t::text), '' order by md5(t::text))) as hash from "${name}" t`,
    );
    found[name] = JSON.stringify(contents.rows[0]);
  }
  await client.end();
  return found;
}

async function engineTablesOf(database: string): Promise<Record<string, string>> {
  const clickhouse: ClickHouse = await openClickHouse({
    mode: 'server',
    url: stage.servers.clickhouse!.url,
    database,
  });
  const tables = await clickhouse.query<{ name: string }>(
    `SELECT name FROM system.tables WHERE database = currentDatabase() AND engine LIKE '%MergeTree'
     AND name <> 'schema_migrations' AND name NOT LIKE '.inner%' ORDER BY name`,
  );
  const found: Record<string, string> = {};
  for (const { name } of tables) {
    const rows = await clickhouse.query(`SELECT * FROM ${name} FINAL`).catch(() => null);
    const all = rows ?? (await clickhouse.query(`SELECT * FROM ${name}`));
    found[name] = all
      .map((row) => JSON.stringify(row))
      .sort()
      .join('\n');
  }
  await clickhouse.close();
  return found;
}

beforeAll(async () => {
  if (typeof opened === 'string') return;
  const api = await stage.api({}, []);
  url = api.url;
  user = await signUp(url);
  const project = await call(`${url}/api/v1/projects`, 'POST', user.cookie, { name: '椅子 "quoted" \\' });
  const sent = await call(
    `${url}/api/v1/projects/${project.body.id}/floor-plans`,
    'POST',
    user.cookie,
    undefined,
    {
      form: planForm(21),
    },
  );
  plan = sent.body.id;
  await eventually(
    'the plan is read and its events are stored',
    async () => {
      const [state] = await stage.sql<{ ready: boolean }>(
        `select (select status from floor_plans where id = $1) = 'analyzed' and not exists (select 1 from event_outbox)
           and not exists (select 1 from pgboss.job where state in ('created', 'active', 'retry') and start_after <= now()) as ready`,
        [plan],
      );
      return state?.ready === true;
    },
    90,
  );
  await stage.sql('create database restored');
  await fetch(stage.servers.clickhouse!.url, { method: 'POST', body: 'CREATE DATABASE restored' });
});
afterAll(async () => {
  if (typeof opened !== 'string') await stage.close();
});

describe.skipIf(typeof opened === 'string')('a backup of servers', () => {
  it('taken beside the process that serves is whole in other databases', async () => {
    const made = await ofs(['backup', '--out', at('first.tar'), '--data', at('data')], stage.env);
    expect(made.status, made.stderr).toBe(0);
    expect((await call(`${url}/readyz`, 'GET', '')).status).toBe(200);
    const restored = await ofs(
      ['restore', '--from', at('first.tar'), '--data', at('restored')],
      elsewhere('restored'),
    );
    expect(restored.status, restored.stderr).toBe(0);
    const before = await tablesOf('ofs');
    expect(await tablesOf('restored')).toEqual(before);
    const engine = await engineTablesOf('default');
    expect(engine['events']).not.toBe('');
    expect(await engineTablesOf('restored')).toEqual(engine);
    mkdirSync(at('first'));
    tar(['-xf', at('first.tar'), '-C', at('first')]);
    const manifest = manifestOf('first');
    expect(Object.keys(manifest.postgres.tables)).toEqual(Object.keys(before));
    expect(manifest.files.length).toBeGreaterThan(0);
    for (const { key } of manifest.files) {
      const copy = readFileSync(join(at('restored'), 'files', key));
      expect(copy.equals(readFileSync(join(at('data'), 'files', key)))).toBe(true);
    }
    // It works: the account signs in with its session, and the plan is there with its file.
    const again = await stage.api({ ...elsewhere('restored'), OFS_DATA_DIR: at('restored') }, []);
    const file = await fetch(`${again.url}/api/v1/floor-plans/${plan}/file`, {
      headers: { cookie: user.cookie },
    });
    expect(file.status).toBe(200);
    await again.stop();
  }, 180_000);

  it('comes into an embedded system, and out of it the same', async () => {
    const embedded = { OFS_COLD_DIR: join(at('embedded'), 'cold') };
    const restored = await ofs(['restore', '--from', at('first'), '--data', at('embedded')], embedded);
    expect(restored.status, restored.stderr).toBe(0);
    const out = await ofs(['backup', '--out', at('second'), '--data', at('embedded')], embedded);
    expect(out.status, out.stderr).toBe(0);
    const [a, b] = [manifestOf('first'), manifestOf('second')];
    expect(b.postgres).toEqual(a.postgres);
    expect(b.clickhouse).toEqual(a.clickhouse);
    expect(b.files).toEqual(a.files);
  }, 180_000);

  it('is refused in a sentence where it would damage something or is damaged itself', async () => {
    const into = (name: string) =>
      ofs(['restore', '--from', at('first'), '--data', at(name)], elsewhere(name));
    const over = await into('restored');
    expect([over.status, over.stderr]).toEqual([
      2,
      expect.stringMatching(/^[^\n]*data already in PostgreSQL and ClickHouse and the file store[^\n]*\n$/),
    ]);
    await stage.sql('create database damaged');
    await fetch(stage.servers.clickhouse!.url, { method: 'POST', body: 'CREATE DATABASE damaged' });
    const path = join(at('first'), 'manifest.json');
    const manifest = manifestOf('first');
    manifest.postgres.tables.users.sha256 = 'f'.repeat(64);
    writeFileSync(path, JSON.stringify(manifest));
    const damaged = await into('damaged');
    expect([damaged.status, damaged.stderr]).toEqual([
      2,
      expect.stringMatching(/^[^\n]*users\.jsonl\.gz[^\n]*\n$/),
    ]);
    expect((await tablesOf('damaged'))['users']).toBe(JSON.stringify({ rows: 0, hash: null }));
    manifest.migrations.postgres.push({ version: '20990101_001', checksum: 'x' });
    writeFileSync(path, JSON.stringify(manifest));
    const newer = await into('newer');
    expect([newer.status, newer.stderr]).toEqual([
      2,
      expect.stringMatching(/^[^\n]*newer or different schema[^\n]*\n$/),
    ]);
    expect(existsSync(at('newer'))).toBe(false);
  }, 180_000);
});
