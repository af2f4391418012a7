// The server profile as it is deployed: an API process and a worker of its own on real PostgreSQL, Redis, ClickHouse's
// HTTP interface and S3; the database's owner is no superuser.
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../../server/config.ts';
import { openClickHouse } from '../../server/platform/clickhouse.ts';
import { migrateUp } from '../../server/platform/migrate.ts';
import { openPostgres } from '../../server/platform/postgres.ts';
import { generateCatalogLines } from '../harness/catalogue.ts';
import { runJourney } from '../harness/journey.ts';
import { type Running, serve, temporaryFolder } from '../harness/process.ts';
import { officePlan } from '../harness/trial-data.ts';
import { startServers, type TestServers } from './services.ts';

const servers: TestServers = await startServers(['postgres', 'redis', 'clickhouse', 's3']);
const ready = servers.missing.length === 0;
if (!ready) console.warn(`The server profile is not tested here: ${servers.missing.join('; ')}.`);

let env: Record<string, string>;
let api: Running;
let worker: ChildProcess;
const folder = temporaryFolder();

/** An ordinary role that owns its database, as a hosting provider gives it; extensions are made by the superuser. */
async function ordinaryOwner(url: string): Promise<string> {
  const admin = new Client({ connectionString: url });
  await admin.connect();
  await admin.query(`create role app_owner login createrole password 'secret-of-a-test'`);
  await admin.query('create database app owner app_owner');
  await admin.end();
  const own = new URL(url);
  own.pathname = '/app';
  const inside = new Client({ connectionString: own.href });
  await inside.connect();
  await inside.query('create extension vector');
  await inside.query('alter schema public owner to app_owner');
  await inside.end();
  own.username = 'app_owner';
  own.password = 'secret-of-a-test';
  return own.href;
}

beforeAll(async () => {
  if (!ready) return;
  env = {
    DATABASE_URL: await ordinaryOwner(servers.postgres!.url),
    REDIS_URL: servers.redis!.url,
    CLICKHOUSE_URL: servers.clickhouse!.url,
    S3_BUCKET: servers.s3!.bucket,
    S3_ENDPOINT: servers.s3!.url,
    S3_ACCESS_KEY_ID: servers.s3!.access_key_id,
    S3_SECRET_ACCESS_KEY: servers.s3!.secret_access_key,
    OFS_SEED_DEMO: 'false',
  };
}, 120_000);

afterAll(async () => {
  worker?.kill('SIGKILL');
  await api?.kill();
  await servers.stop();
  folder.remove();
});

describe.skipIf(!ready)('the server profile', () => {
  it('lets one of two migrators through and tells the other', async () => {
    const open = async () => ({
      postgres: await openPostgres({ mode: 'server', url: env['DATABASE_URL']!, pool: 2 }),
      clickhouse: await openClickHouse({ mode: 'server', url: env['CLICKHOUSE_URL']! }),
      folder: join(ROOT, 'migrations'),
    });
    const [a, b] = await Promise.all([open(), open()]);
    const outcomes = await Promise.allSettled([migrateUp(a), migrateUp(b)]);
    const failed = outcomes.filter((one) => one.status === 'rejected');
    expect(outcomes.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    expect(String(failed[0]?.reason)).toMatch(/Another migrator is running/);
    expect((await migrateUp(b)).postgres.every((one) => one.applied_at !== null)).toBe(true);
    await Promise.all([a, b].flatMap((one) => [one.postgres.close(), one.clickhouse.close()]));
  });

  it('leads from sign-up to a selected scenario with API and worker in processes of their own', async () => {
    api = await serve({ data_dir: join(folder.path, 'api'), env, args: ['--api-only'] });
    worker = spawn(process.execPath, ['--no-warnings', join(ROOT, 'server/main.ts'), 'worker'], {
      env: {
        ...process.env,
        ...env,
        NODE_ENV: 'test',
        OFS_DATA_DIR: join(folder.path, 'worker'),
        LOG_LEVEL: 'warn',
      },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    const plan = officePlan();
    const result = await runJourney({
      base_url: api.url,
      plan,
      catalogue: generateCatalogLines,
      email: 'journey@example.com',
    });
    expect(result.rooms).toBeGreaterThanOrEqual(plan.real ? 45 : 15);
    expect(result.scenarios).toHaveLength(3);
    expect(result.selected).toBe('balanced');
  }, 180_000);

  it('has every step in ClickHouse, once', async () => {
    const clickhouse = await openClickHouse({ mode: 'server', url: env['CLICKHOUSE_URL']! });
    try {
      let counts = new Map<string, number>();
      for (let i = 0; i < 100 && !counts.has('scenario_selected'); i++) {
        const rows = await clickhouse.query<{ event_name: string; count: number }>(
          'SELECT event_name, count() AS count FROM events GROUP BY event_name',
        );
        counts = new Map(rows.map((row) => [row.event_name, Number(row.count)]));
        await wait(200);
      }
      for (const name of [
        'project_created',
        'floor_plan_uploaded',
        'floor_plan_analyzed',
        'message_sent',
        'recommendation_created',
        'scenario_selected',
      ]) {
        expect({ name, count: counts.get(name) }).toEqual({ name, count: 1 });
      }
    } finally {
      await clickhouse.close();
    }
  });

  it('keeps files in S3, and tenants apart for a role that is no superuser', async () => {
    const postgres = await openPostgres({ mode: 'server', url: env['DATABASE_URL']!, pool: 2 });
    try {
      const plans = await postgres.asSystem((tx) =>
        tx.selectFrom('floor_plans').select(['file_url', 'uploaded_by']).execute(),
      );
      expect(plans).toHaveLength(1);
      const stranger = await postgres.withContext({ user_id: '6f1ed002-ab5a-4bbb-9f5d-0d4b1f2f3c11' }, (tx) =>
        tx.selectFrom('projects').select('id').execute(),
      );
      expect(stranger).toEqual([]);
      const asOwner = await postgres.owner.selectFrom('projects').select('id').execute();
      expect(asOwner).toEqual([]);
      const superuser = await postgres.pool.query(
        'select rolsuper from pg_roles where rolname = current_user',
      );
      expect(superuser.rows[0].rolsuper).toBe(false);
    } finally {
      await postgres.close();
    }
  });

  it('answers 503 with Retry-After while PostgreSQL is unreachable for it, and is not ready', async () => {
    const admin = new Client({ connectionString: servers.postgres!.url });
    await admin.connect();
    await admin.query('alter role app_owner nologin');
    await admin.query(`select pg_terminate_backend(pid) from pg_stat_activity where usename = 'app_owner'`);
    try {
      await wait(300);
      const answer = await fetch(`${api.url}/api/v1/auth/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email: 'journey@example.com', password: 'a long enough password' }),
      });
      expect(answer.status).toBe(503);
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      expect((await fetch(`${api.url}/readyz`)).status).toBe(503);
      expect((await fetch(`${api.url}/healthz`)).status).toBe(200);
    } finally {
      await admin.query('alter role app_owner login');
      await admin.end();
    }
    let status = 0;
    for (let i = 0; i < 50 && status !== 200; i++) {
      status = (await fetch(`${api.url}/readyz`)).status;
      await wait(100);
    }
    expect(status).toBe(200);
  });
});
