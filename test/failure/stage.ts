// The server profile on real stores with a proxy before each, as many API processes and workers as a test wants, and a
// ledger of everything that was acknowledged.
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { samplePlanDxf } from '../../engine/plan/generator/sample.ts';
import { ROOT } from '../../server/config.ts';
import { openClickHouse } from '../../server/platform/clickhouse.ts';
import type { FaultPoint } from '../../server/platform/fault.ts';
import { freePort, temporaryFolder } from '../harness/process.ts';
import { startServers, type TestServers } from '../servers/services.ts';
import { openProxy, type StoreProxy, targetOf, through } from './proxy.ts';

export type StoreName = 'postgres' | 'redis' | 'clickhouse';

export interface Process {
  url: string;
  child: ChildProcess;
  ended: Promise<{ code: number | null; signal: string | null }>;
  log(): string;
  /** Arms one fault; it goes off once. */
  arm(point: FaultPoint, action: 'kill' | 'fail' | `wait:${number}`, skip?: number): void;
  /** Whether the fault armed last went off. */
  wentOff(): boolean;
  kill(): Promise<void>;
  /** SIGTERM; resolves to the exit code. */
  stop(): Promise<number | null>;
}

export interface Stage {
  servers: TestServers;
  proxies: Record<StoreName, StoreProxy>;
  env: Record<string, string>;
  folder: string;
  /** PostgreSQL as its superuser, past the proxy. */
  sql<T extends object>(text: string, values?: unknown[]): Promise<T[]>;
  /** ClickHouse past the proxy. */
  click<T>(text: string, params?: Record<string, unknown>): Promise<T[]>;
  api(over?: Record<string, string>, args?: string[]): Promise<Process>;
  worker(over?: Record<string, string>): Promise<Process>;
  clear(): void;
  close(): Promise<void>;
}

/** The stores, or the reason why they are not there. */
export async function openStage(): Promise<Stage | string> {
  const servers = await startServers(['postgres', 'redis', 'clickhouse']);
  if (servers.missing.length > 0) {
    await servers.stop();
    return servers.missing.join('; ');
  }
  const temporary = temporaryFolder();
  const urls = {
    postgres: servers.postgres!.url,
    redis: servers.redis!.url,
    clickhouse: servers.clickhouse!.url,
  };
  const proxies = {
    postgres: await openProxy(targetOf(urls.postgres)),
    redis: await openProxy(targetOf(urls.redis)),
    clickhouse: await openProxy(targetOf(urls.clickhouse)),
  };
  const env = {
    NODE_ENV: 'test',
    DATABASE_URL: through(urls.postgres, proxies.postgres),
    REDIS_URL: through(urls.redis, proxies.redis),
    CLICKHOUSE_URL: through(urls.clickhouse, proxies.clickhouse),
    DATABASE_TIMEOUT_SECONDS: '2',
    CLICKHOUSE_TIMEOUT_SECONDS: '2',
    EVENTS_RECLAIM_SECONDS: '2',
    OFS_SEED_DEMO: 'false',
    LOG_LEVEL: 'warn',
    API_RATE_PER_MINUTE: '100000',
    SIGN_IN_RATE_PER_15_MINUTES: '1000',
    OFS_COLD_DIR: join(temporary.path, 'cold'),
  };
  const pool = new pg.Pool({ connectionString: urls.postgres, max: 2 });
  pool.on('error', () => undefined);
  const clickhouse = await openClickHouse({ mode: 'server', url: urls.clickhouse });
  const processes: Process[] = [];
  const shared = join(temporary.path, 'data');

  async function begin(args: string[], over: Record<string, string>): Promise<Process> {
    const port = await freePort();
    const faults = join(temporary.path, `fault-${randomUUID()}`);
    const child = spawn(process.execPath, ['--no-warnings', join(ROOT, 'server/main.ts'), ...args], {
      env: {
        ...process.env,
        ...env,
        HOST: '127.0.0.1',
        PORT: String(port),
        WORKER_PORT: String(port),
        OFS_DATA_DIR: shared,
        OFS_FAULT_FILE: faults,
        ...over,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let log = '';
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => {
        log = (log + chunk.toString()).slice(-20_000);
      });
    const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) =>
      child.on('exit', (code, signal) => resolve({ code, signal })),
    );
    const made: Process = {
      url: `http://127.0.0.1:${port}`,
      child,
      ended,
      log: () => log,
      wentOff: () => !existsSync(faults),
      arm: (point, action, skip = 0) => writeFileSync(faults, `${point} ${action} ${skip}`),
      kill: async () => {
        child.kill('SIGKILL');
        await ended;
      },
      stop: async () => {
        child.kill('SIGTERM');
        return (await ended).code;
      },
    };
    processes.push(made);
    return made;
  }

  async function ready(made: Process): Promise<Process> {
    let said = 'nothing';
    for (const until = Date.now() + 120_000; Date.now() < until; await wait(50)) {
      if (made.child.exitCode !== null || made.child.signalCode !== null)
        throw new Error(`A process ended while starting:\n${made.log()}`);
      const answer = await call(`${made.url}/readyz`, 'GET', '');
      if (answer.status === 200) return made;
      if (answer.status !== 0) said = JSON.stringify(answer.body);
    }
    throw new Error(`A process was not ready in time; it said ${said}:\n${made.log()}`);
  }

  return {
    servers,
    proxies,
    env,
    folder: temporary.path,
    sql: async <T extends object>(text: string, values: unknown[] = []) =>
      (await pool.query<T>(text, values)).rows,
    click: (text, params) => clickhouse.query(text, params),
    api: async (over = {}, args = ['--api-only']) => await ready(await begin(['serve', ...args], over)),
    worker: async (over = {}) => await ready(await begin(['worker'], over)),
    clear() {
      for (const proxy of Object.values(proxies)) proxy.set('clear');
    },
    async close() {
      await Promise.all(processes.map((one) => one.kill()));
      await pool.end();
      await clickhouse.close();
      await Promise.all(Object.values(proxies).map((proxy) => proxy.close()));
      await servers.stop();
      temporary.remove();
    },
  };
}

export interface Answered {
  /** 0 when the connection broke or nothing came in time. */
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  body: any;
  retry_after: number;
  took_ms: number;
}

/** One request; it never rejects. */
export async function call(
  url: string,
  method: string,
  cookie: string,
  body?: unknown,
  over: { headers?: Record<string, string>; timeout_ms?: number; form?: FormData } = {},
): Promise<Answered> {
  const begun = performance.now();
  const took = () => Math.round(performance.now() - begun);
  try {
    const answer = await fetch(url, {
      method,
      headers: {
        ...(cookie === '' ? {} : { cookie }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...over.headers,
      },
      ...(over.form ? { body: over.form } : body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(over.timeout_ms ?? 20_000),
    });
    const text = await answer.text();
    const json = text !== '' && /json/.test(answer.headers.get('content-type') ?? '');
    return {
      status: answer.status,
      body: json ? JSON.parse(text) : text,
      retry_after: Number(answer.headers.get('retry-after') ?? 0),
      took_ms: took(),
    };
  } catch {
    return { status: 0, body: null, retry_after: 0, took_ms: took() };
  }
}

export interface User {
  cookie: string;
  user_id: string;
}

export async function signUp(url: string): Promise<User> {
  const answer = await fetch(`${url}/api/v1/auth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      email: `person.${randomUUID()}@example.com`,
      password: 'a long enough password',
      first_name: 'Robin',
      last_name: 'Tester',
      organization_name: 'Robin and partners',
    }),
  });
  if (answer.status !== 201) throw new Error(`Sign-up failed: ${answer.status} ${await answer.text()}`);
  const me = (await answer.json()) as { user: { id: string } };
  return {
    cookie: (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '',
    user_id: me.user.id,
  };
}

export function planForm(seed: number): FormData {
  const form = new FormData();
  form.append('file', new Blob([samplePlanDxf(seed) as Uint8Array<ArrayBuffer>]), 'plan.dxf');
  return form;
}

/** Asks until it is so; throws `what` after `seconds`. */
export async function eventually(
  what: string,
  ask: () => Promise<boolean> | boolean,
  seconds = 90,
): Promise<void> {
  for (const until = Date.now() + seconds * 1000; ; await wait(100)) {
    if (await ask()) return;
    if (Date.now() > until) throw new Error(`Not within ${seconds} s: ${what}`);
  }
}
