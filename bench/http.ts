// Requests per second for one project read over HTTP (session, rate limit, permissions, row security, schema) beside bare
// Fastify running the same SQL on the same database in the same run; and what 50 people signing in at once do to the
// answers that others wait for. The caller runs in a thread of its own. DATABASE_URL takes a real server instead of PGlite.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { Worker } from 'node:worker_threads';
import Fastify from 'fastify';
import { type App, openApp } from '../server/app.ts';
import type { Figure } from '../server/commands/bench.ts';
import { readConfig } from '../server/config.ts';
import { hashPassword } from '../server/features/accounts/passwords.ts';
import { makeLogger } from '../server/platform/telemetry.ts';
import type { LoadOptions, LoadResult } from './http-load.ts';

const ROUNDS = 7;
const ROUND_SECONDS = 1;
const CONNECTIONS = 16;
const SIGN_INS = 50;
const SIGN_IN_ROUNDS = 3;
const PASSWORD = 'a long enough password';

export async function httpSuite(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'ofs-bench-http-'));
  const config = readConfig(
    {
      ...(process.env['DATABASE_URL'] ? { DATABASE_URL: process.env['DATABASE_URL'] } : {}),
      NODE_ENV: 'test',
      LOG_LEVEL: 'warn',
      API_RATE_PER_MINUTE: '100000000',
      SIGN_IN_RATE_PER_15_MINUTES: '100000',
    },
    { data_dir: folder },
  );
  const app = await openApp(config, makeLogger('silent'));
  try {
    await app.startWork({ work: false });
    const server = await app.makeHttp({ demo: () => null });
    const url = await server.listen({ port: 0, host: '127.0.0.1' });
    const user = await signUp(url);
    const project = await createProject(url, user.cookies[0] as string);
    const bare = await bareServer(app, project);
    try {
      return [
        ...(await reading(`${url}/api/v1/projects/${project}`, user.cookies, bare.url)),
        ...(await signingIn(url, `${url}/api/v1/projects/${project}`, user)),
      ];
    } finally {
      await bare.close();
    }
  } finally {
    await app.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface User {
  /** Of as many sessions as there are connections. */
  cookies: string[];
  email: string;
}

async function signUp(url: string): Promise<User> {
  const email = 'reader@example.com';
  const answer = await fetch(`${url}/api/v1/auth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      email,
      password: PASSWORD,
      first_name: 'Robin',
      last_name: 'Reader',
      organization_name: 'Readers',
    }),
  });
  if (answer.status !== 201) throw new Error(`Sign-up failed: ${await answer.text()}`);
  const cookies = [cookiesOf(answer)];
  while (cookies.length < CONNECTIONS) cookies.push(cookiesOf(await signIn(url, email)));
  return { email, cookies };
}

async function signIn(url: string, email: string): Promise<Response> {
  return await fetch(`${url}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: PASSWORD }),
  });
}

function cookiesOf(answer: Response): string {
  const cookies = answer.headers.getSetCookie().map((one) => one.split(';')[0]);
  if (cookies.length === 0) throw new Error(`No session: ${answer.status}`);
  return cookies.join('; ');
}

async function createProject(url: string, cookie: string): Promise<string> {
  const answer = await fetch(`${url}/api/v1/projects`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie },
    body: JSON.stringify({ name: 'Read again and again', client: { name: 'Fictional Co' } }),
  });
  if (answer.status !== 201) throw new Error(`The project was not made: ${await answer.text()}`);
  return ((await answer.json()) as { id: string }).id;
}

/** Sends what our server sends to read the project, the same way: one round trip with user and role. And nothing else. */
async function bareServer(app: App, project: string): Promise<{ url: string; close(): Promise<void> }> {
  const { postgres } = app.deps;
  const asked: Parameters<typeof postgres.ask>[] = [];
  const ask = postgres.ask;
  const listening: typeof ask = (...given) => {
    asked.push(given);
    return ask(...given);
  };
  const user = await app.features.accounts.actorFor('reader@example.com');
  postgres.ask = listening;
  await app.features.projects.get(user, project).finally(() => {
    postgres.ask = ask;
  });
  if (asked.length !== 1)
    throw new Error(`A project was read with ${asked.length} questions instead of one.`);
  const [context, text, values] = asked[0] as Parameters<typeof ask>;
  const bare = Fastify();
  bare.get('/', async () => await ask(context, text, values));
  const url = await bare.listen({ port: 0, host: '127.0.0.1' });
  return { url, close: () => bare.close() };
}

async function load(options: LoadOptions): Promise<LoadResult> {
  return await new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./http-load.ts', import.meta.url), { workerData: options });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

async function reading(ours: string, cookies: string[], bare: string): Promise<Figure[]> {
  // The caller's thread is not this one: what this one computes meanwhile is the server's.
  const call = async (url: string, seconds: number) => {
    const before = process.threadCpuUsage();
    const { per_second, answers } = await load({ url, cookies, seconds });
    const used = process.threadCpuUsage(before);
    return { per_second, processor_ms: (used.user + used.system) / 1000 / answers };
  };
  await call(ours, 1);
  await call(bare, 1);
  // In turns, so that whatever else the machine does meets both alike.
  const runs = {
    ours: [] as Awaited<ReturnType<typeof call>>[],
    bare: [] as Awaited<ReturnType<typeof call>>[],
  };
  for (let round = 0; round < ROUNDS; round++) {
    runs.bare.push(await call(bare, ROUND_SECONDS));
    runs.ours.push(await call(ours, ROUND_SECONDS));
  }
  const figure = (name: string, unit: string, of: 'per_second' | 'processor_ms'): Figure => {
    const value = median(runs.ours.map((run) => run[of]));
    const baseline = median(runs.bare.map((run) => run[of]));
    return { figure: name, unit, value, baseline, ratio: value / baseline };
  };
  return [
    figure('one project read, against bare Fastify with the project’s SQL', 'requests/s', 'per_second'),
    figure('processor time of the server’s thread a read, against bare', 'ms', 'processor_ms'),
  ];
}

function median(list: number[]): number {
  return list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
}

async function signingIn(url: string, read: string, user: User): Promise<Figure[]> {
  const begun = performance.now();
  for (let i = 0; i < 5; i++) await hashPassword(PASSWORD);
  const cost = (performance.now() - begun) / 5;
  const options = { url: read, cookies: user.cookies.slice(0, 4) };
  const calm: number[] = [];
  const crowded: number[] = [];
  const entered: number[] = [];
  let refused = 0;
  for (let round = 0; round < SIGN_IN_ROUNDS; round++) {
    calm.push((await load({ ...options, seconds: 2 })).p95_ms);
    const busy = load({ ...options, seconds: 2 });
    // The readers first, then everyone at the door at once.
    await new Promise((resolve) => setTimeout(resolve, 300));
    const entering = performance.now();
    const answers = await Promise.all(Array.from({ length: SIGN_INS }, () => signIn(url, user.email)));
    entered.push(performance.now() - entering);
    refused += answers.filter((one) => one.status !== 200).length;
    crowded.push((await busy).p95_ms);
  }
  return [
    { figure: 'argon2id, 19 MiB, 2 passes: one hash', unit: 'ms', value: cost, baseline: null, ratio: null },
    {
      figure: `${SIGN_INS} sign-ins at once, until the last`,
      unit: 'ms',
      value: median(entered),
      baseline: null,
      ratio: null,
    },
    {
      figure: `${SIGN_INS} sign-ins at once, not answered with 200`,
      unit: 'answers',
      value: refused,
      baseline: null,
      ratio: null,
    },
    {
      figure: `p95 of others while ${SIGN_INS} sign in, against calm`,
      unit: 'ms',
      value: median(crowded),
      baseline: median(calm),
      ratio: median(crowded) / median(calm),
    },
  ];
}
