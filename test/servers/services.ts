// Starts the real servers that the server profile is tested on, each on a free port with its data in a temporary
// folder. A server whose programs are not on this machine is reported with the reason, so that a suite can say why
// it is skipped. Servers that run already are used through TEST_DATABASE_URL, TEST_REDIS_URL, TEST_CLICKHOUSE_URL.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chown, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import { freePort, type Running, start, until } from './processes.ts';

export type ServerName = 'postgres' | 'redis' | 'clickhouse' | 's3';

export interface S3Server {
  url: string;
  bucket: string;
  access_key_id: string;
  secret_access_key: string;
}

export interface TestServers {
  /** A superuser's URL of an empty database `ofs` with pgvector at hand. */
  postgres?: { url: string };
  redis?: { url: string };
  clickhouse?: { url: string };
  s3?: S3Server;
  /** Why a wanted server is not there; empty when all are. */
  missing: string[];
  stop(): Promise<void>;
}

const HOW_TO_GET = 'run `sudo bash scripts/test-servers.sh` on Debian 12';
const POSTGRES_FOLDER = '/usr/lib/postgresql/15';
const VECTOR = '/usr/share/postgresql/15/extension/vector.control';
const FRONT = fileURLToPath(new URL('./clickhouse-front.ts', import.meta.url));

export async function startServers(wanted: readonly ServerName[]): Promise<TestServers> {
  const folder = await mkdtemp(join(tmpdir(), 'ofs-servers-'));
  const stops: (() => Promise<void>)[] = [];
  const servers: TestServers = {
    missing: [],
    async stop() {
      await Promise.all(stops.splice(0).map((stop) => stop()));
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  const starters = { postgres: startPostgres, redis: startRedis, clickhouse: startClickHouse, s3: startS3 };
  try {
    for (const name of wanted) {
      const started = await starters[name](join(folder, name));
      if (typeof started === 'string') {
        servers.missing.push(started);
      } else {
        stops.push(started.stop);
        Object.assign(servers, { [name]: started.server });
      }
    }
  } catch (error) {
    await servers.stop();
    throw error;
  }
  return servers;
}

/** What a suite says when it is skipped, or undefined when it can run. */
export function skipReason(servers: TestServers): string | undefined {
  return servers.missing.length === 0 ? undefined : `skipped: ${servers.missing.join('; ')}`;
}

type Started<Server> = Promise<{ server: Server; stop(): Promise<void> } | string>;

const nothingToStop = async (): Promise<void> => {};

async function startPostgres(folder: string): Started<{ url: string }> {
  const given = process.env['TEST_DATABASE_URL'];
  if (given) return { server: { url: given }, stop: nothingToStop };
  if (!existsSync(`${POSTGRES_FOLDER}/bin/postgres`)) return `PostgreSQL 15 is not installed (${HOW_TO_GET})`;
  if (!existsSync(VECTOR)) return `pgvector is not installed for PostgreSQL 15 (${HOW_TO_GET})`;
  const owner = process.getuid?.() === 0 ? accountOf('postgres') : undefined;
  await mkdir(folder, { recursive: true });
  if (owner !== undefined) {
    // PostgreSQL refuses to run as root; the folder above must let its user through.
    spawnSync('chmod', ['a+x', join(folder, '..')]);
    await chown(folder, owner.uid, owner.gid);
  }
  const data = join(folder, 'data');
  const options = ['--username=ofs', '--auth=trust', '--encoding=UTF8', '--locale=C.UTF-8', '--no-sync'];
  const init = spawnSync(`${POSTGRES_FOLDER}/bin/initdb`, ['-D', data, ...options], { cwd: '/', ...owner });
  if (init.status !== 0) throw new Error(`initdb failed: ${String(init.stderr)}`);
  const port = await freePort();
  const settings = ['listen_addresses=127.0.0.1', 'fsync=off', 'max_connections=100', 'timezone=UTC'];
  const running = start(
    `${POSTGRES_FOLDER}/bin/postgres`,
    ['-D', data, '-p', String(port), '-k', folder, ...settings.flatMap((setting) => ['-c', setting])],
    { ...owner, stop_signal: 'SIGINT' },
  );
  const admin = `postgres://ofs@127.0.0.1:${port}/postgres`;
  await answers(running, 'PostgreSQL', () => inPostgres(admin, 'SELECT 1'));
  await inPostgres(admin, 'CREATE DATABASE ofs');
  return { server: { url: `postgres://ofs@127.0.0.1:${port}/ofs` }, stop: running.stop };
}

async function startRedis(folder: string): Started<{ url: string }> {
  const given = process.env['TEST_REDIS_URL'];
  if (given) return { server: { url: given }, stop: nothingToStop };
  if (spawnSync('redis-server', ['--version']).status !== 0) return `Redis is not installed (${HOW_TO_GET})`;
  await mkdir(folder, { recursive: true });
  const port = await freePort();
  const options = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--dir',
    folder,
    '--save',
    '',
    '--appendonly',
    'yes',
  ];
  const running = start('redis-server', options, {});
  const url = `redis://127.0.0.1:${port}/0`;
  await answers(running, 'Redis', async () => {
    const redis = new Redis(url, { lazyConnect: true, retryStrategy: () => null });
    redis.on('error', () => {});
    try {
      await redis.connect();
      await redis.ping();
    } finally {
      redis.disconnect();
    }
  });
  return { server: { url }, stop: running.stop };
}

async function startClickHouse(folder: string): Started<{ url: string }> {
  const given = process.env['TEST_CLICKHOUSE_URL'];
  if (given) return { server: { url: given }, stop: nothingToStop };
  const installed = await import('chdb').then(() => true).catch(() => false);
  if (!installed) return 'chdb is not installed, and TEST_CLICKHOUSE_URL is not set';
  const port = await freePort();
  // A time zone of its own: the program must not depend on the server's.
  const running = start(process.execPath, [FRONT, folder, String(port)], {
    environment: { TZ: 'Asia/Kolkata' },
  });
  const url = `http://127.0.0.1:${port}`;
  await answers(running, 'The ClickHouse front', async () => {
    if ((await fetch(`${url}/ping`)).status !== 200) throw new Error('no ping');
  });
  return { server: { url }, stop: running.stop };
}

async function startS3(folder: string): Started<S3Server> {
  const { startS3rver } = await import('./s3-server.ts');
  return startS3rver(folder);
}

async function answers(running: Running, name: string, ask: () => Promise<unknown>): Promise<void> {
  try {
    await until(async () => {
      if (running.ended()) throw new Error(`${name} stopped at once: ${running.output()}`);
      return ask().then(
        () => true,
        () => false,
      );
    }, `${name} did not answer in time`);
  } catch (error) {
    await running.stop();
    throw error;
  }
}

async function inPostgres(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

function accountOf(user: string): { uid: number; gid: number } {
  const id = (flag: string) => Number(spawnSync('id', [flag, user]).stdout.toString().trim() || Number.NaN);
  const account = { uid: id('-u'), gid: id('-g') };
  if (Number.isNaN(account.uid)) throw new Error(`There is no user ${user} to run PostgreSQL as`);
  return account;
}
