// PostgreSQL, Redis, ClickHouse and the disk gone, hanging, slow and full, one at a time: an answer always comes, 503 says
// when to come back, what does not need the store goes on, and the service comes back by itself. Also messages that come
// twice, late and out of order, two workers on one job, and clocks that disagree.
import { spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../../server/config.ts';
import {
  type Answered,
  call,
  eventually,
  openStage,
  type Process,
  planForm,
  type Stage,
  signUp,
  type User,
} from './stage.ts';

const opened = await openStage();
if (typeof opened === 'string') console.warn(`Failures are not tested here: ${opened}.`);
const stage = opened as Stage;
let api: Process;
let worker: Process;
let user: User;
let redis: Redis;
const made: string[] = [];

/** No request may take longer: the stage's stores have two seconds, the drivers a little more. */
const LONGEST_MS = 14_000;

beforeAll(async () => {
  if (typeof opened === 'string') return;
  api = await stage.api();
  worker = await stage.worker();
  user = await signUp(api.url);
  redis = new Redis(stage.servers.redis!.url);
});
afterEach(async () => {
  if (typeof opened === 'string') return;
  stage.clear();
  // One that died in a failed test must not fail those after it too.
  if (api.child.exitCode !== null || api.child.signalCode !== null) api = await stage.api();
  await eventually('the API is ready again', () => isReady(api));
});
afterAll(async () => {
  if (typeof opened === 'string') return;
  redis.disconnect();
  await stage.close();
});

const isReady = async (one: Process) => (await call(`${one.url}/readyz`, 'GET', '')).status === 200;
const get = (path: string) => call(`${api.url}/api/v1${path}`, 'GET', user.cookie);

async function create(name: string): Promise<Answered> {
  const answer = await call(`${api.url}/api/v1/projects`, 'POST', user.cookie, { name });
  if (answer.status === 201) made.push(answer.body.id);
  return answer;
}

const browserEvent = (over: object = {}) => ({
  event_id: randomUUID(),
  event_name: 'plan_opened',
  event_type: 'action',
  session_id: randomUUID(),
  timestamp: new Date().toISOString(),
  ...over,
});
const sendEvents = (events: object[]) => call(`${api.url}/api/v1/events`, 'POST', user.cookie, { events });
const storedEvents = async (ids: string[]) =>
  (
    await stage.click<{ n: number; once: number }>(
      'SELECT count() AS n, uniqExact(event_id) AS once FROM events WHERE event_id IN {ids:Array(UUID)}',
      { ids },
    )
  ).map(({ n, once }) => [Number(n), Number(once)])[0]!;

/** It came in time, and says when to come back. */
function expectUnavailable(answer: Answered): void {
  expect({ status: answer.status, retry: answer.retry_after > 0 }).toEqual({ status: 503, retry: true });
  expect(answer.body.type).toBe('/problems/unavailable');
  expect(answer.took_ms).toBeLessThan(LONGEST_MS);
}

describe.skipIf(typeof opened === 'string')('PostgreSQL', () => {
  it.each(['refusing', 'hanging'] as const)(
    '%s: 503 with Retry-After, then everything as before',
    async (how) => {
      expect((await create(`before ${how}`)).status).toBe(201);
      stage.proxies.postgres.set(how);
      const answers = await Promise.all(Array.from({ length: 15 }, () => get('/projects')));
      for (const answer of answers) expectUnavailable(answer);
      expectUnavailable(await create('while it is away'));
      expect(await isReady(api)).toBe(false);
      expect((await call(`${api.url}/healthz`, 'GET', '')).status).toBe(200);
      stage.clear();
      await eventually('projects can be read', async () => (await get('/projects')).status === 200);
      expect((await create(`after ${how}`)).status).toBe(201);
      const listed = (await get('/projects?limit=200')).body.items.map((one: { id: string }) => one.id);
      expect(listed).toEqual(expect.arrayContaining(made));
      expect(new Set(listed).size).toBe(listed.length);
    },
  );

  it('slow: slower answers, no errors', async () => {
    stage.proxies.postgres.set({ delay_ms: 40 });
    const answers = await Promise.all(Array.from({ length: 10 }, () => get('/projects')));
    expect(answers.map((one) => one.status)).toEqual(answers.map(() => 200));
  });

  it('full: 503, and reading goes on', async () => {
    await stage.sql(`create function disk_full() returns trigger language plpgsql as
      $$ begin raise exception 'could not extend file' using errcode = '53100'; end $$`);
    await stage.sql('create trigger disk_full before insert on projects execute function disk_full()');
    try {
      expectUnavailable(await create('no room'));
      expect((await get('/projects')).status).toBe(200);
    } finally {
      await stage.sql('drop function disk_full() cascade');
    }
    expect((await create('room again')).status).toBe(201);
  });
});

describe.skipIf(typeof opened === 'string')('Redis', () => {
  it.each(['refusing', 'hanging'] as const)(
    '%s: work goes on, events are asked to come later',
    async (how) => {
      stage.proxies.redis.set(how);
      const answers: Answered[] = [];
      for (let i = 0; i < 4; i++) answers.push(await create(`without Redis ${how} ${i}`));
      expect(answers.map((one) => one.status)).toEqual([201, 201, 201, 201]);
      // The first may wait for Redis once; those after it know.
      expect(answers.at(-1)!.took_ms).toBeLessThan(2_000);
      expectUnavailable(await sendEvents([browserEvent()]));
      expect((await signUp(api.url)).cookie).not.toBe('');
      stage.clear();
      await eventually(
        'events are taken again',
        async () => (await sendEvents([browserEvent()])).status === 202,
      );
    },
  );

  it('full: events wait outside, work goes on', async () => {
    const { used_memory: used } = Object.fromEntries(
      (await redis.info('memory')).split('\r\n').map((line) => line.split(':')),
    ) as { used_memory: string };
    await redis.config('SET', 'maxmemory', String(Math.max(1, Number(used) - 500_000)));
    try {
      expectUnavailable(await sendEvents([browserEvent()]));
      expect((await create('while Redis is full')).status).toBe(201);
    } finally {
      await redis.config('SET', 'maxmemory', '0');
    }
    expect((await sendEvents([browserEvent()])).status).toBe(202);
  });

  it('emptied: nobody loses work, nobody is signed out, events go on', async () => {
    await create('before Redis was emptied');
    await redis.flushall();
    const listed = await get('/projects?limit=200');
    expect(listed.body.items.map((one: { id: string }) => one.id)).toEqual(expect.arrayContaining(made));
    const event = browserEvent();
    await eventually('events are taken', async () => (await sendEvents([event])).status === 202);
    await eventually('and stored', async () => (await storedEvents([event.event_id]))[0] === 1);
  });
});

describe.skipIf(typeof opened === 'string')('ClickHouse', () => {
  it('gone for an hour: work goes on, charts say so, every event arrives once', async () => {
    stage.proxies.clickhouse.set('refusing');
    const events = Array.from({ length: 30 }, () => browserEvent());
    const project = (await create('while ClickHouse is away')).body.id as string;
    for (let at = 0; at < events.length; at += 10)
      expect((await sendEvents(events.slice(at, at + 10))).status).toBe(202);
    expectUnavailable(await get('/analytics/usage?from=2026-01-01&to=2026-12-31'));
    // The API dies after handing rows of the outbox over and before it forgot them; an hour passes: ids that are
    // remembered for minutes are forgotten, batches that were begun are old. The worker hands over too: it is away.
    await worker.stop();
    api.arm('events.appended', 'kill');
    const another = (await create('handed over by a process that dies')).body.id as string;
    await eventually('the API died', () => api.child.signalCode !== null, 30);
    for (const key of await redis.keys('ofs:{events}:seen:*'))
      if ((await redis.ttl(key)) <= 600) await redis.del(key);
    for (const [token, plan] of Object.entries(await redis.hgetall('ofs:{events}:plans')))
      await redis.hset(
        'ofs:{events}:plans',
        token,
        JSON.stringify({ ...JSON.parse(plan), at: Date.now() - 3_600_000 }),
      );
    stage.clear();
    [api, worker] = [await stage.api(), await stage.worker()];
    const ids = events.map((one) => one.event_id);
    await eventually('every event arrived', async () => (await storedEvents(ids))[1] === ids.length, 60);
    const created = async () =>
      Number(
        (
          await stage.click<{ n: number }>(
            "SELECT count() AS n FROM events WHERE event_name = 'project_created' AND project_id IN {ids:Array(UUID)}",
            { ids: [project, another] },
          )
        )[0]?.n,
      );
    await eventually('those of the outbox too', async () => (await created()) >= 2, 60);
    await wait(2_500);
    expect(await storedEvents(ids)).toEqual([30, 30]);
    expect(await created()).toBe(2);
    const sums = await stage.click<{ n: number; sum: number }>(
      'SELECT (SELECT count() FROM events) AS n, (SELECT sum(events) FROM events_daily) AS sum',
    );
    expect(Number(sums[0]?.sum)).toBe(Number(sums[0]?.n));
  }, 120_000);

  it('hanging: charts answer 503 in time, work is not held up', async () => {
    stage.proxies.clickhouse.set('hanging');
    const answer = await create('while ClickHouse hangs');
    expect([answer.status, answer.took_ms < 2_000]).toEqual([201, true]);
    expectUnavailable(await get('/analytics/usage?from=2026-01-01&to=2026-12-31'));
  });
});

describe.skipIf(typeof opened === 'string')('the disk', () => {
  it('full: an upload is 503 and leaves nothing behind, the rest goes on', async () => {
    const project = (await create('a full disk')).body.id as string;
    // A limit on the size of files that this process and its children may write stands for a disk that takes no more.
    const limited = await limitedApi();
    const form = new FormData();
    form.append('file', new Blob([await planForm(3).get('file')!, randomBytes(0)] as BlobPart[]), 'plan.dxf');
    const answer = await call(
      `${limited.url}/api/v1/projects/${project}/floor-plans`,
      'POST',
      user.cookie,
      undefined,
      { form },
    );
    expectUnavailable(answer);
    expect((await call(`${limited.url}/api/v1/projects`, 'GET', user.cookie)).status).toBe(200);
    const plans = await get(`/projects/${project}/floor-plans`);
    expect(plans.body.items).toEqual([]);
    limited.stop();
  });
});

/** An API that may write files of at most 16 KB. */
async function limitedApi(): Promise<{ url: string; stop(): void }> {
  const port = 20_000 + (process.pid % 20_000);
  const main = join(ROOT, 'server/main.ts');
  const child = spawn(
    'bash',
    ['-c', `ulimit -f 16; exec "${process.execPath}" --no-warnings "${main}" serve --api-only`],
    {
      env: {
        ...process.env,
        ...stage.env,
        PORT: String(port),
        HOST: '127.0.0.1',
        OFS_DATA_DIR: join(stage.folder, 'data'),
        NODE_DISABLE_COMPILE_CACHE: '1',
      },
      stdio: 'ignore',
    },
  );
  const url = `http://127.0.0.1:${port}`;
  await eventually(
    'the limited API is ready',
    async () => (await call(`${url}/readyz`, 'GET', '')).status === 200,
  );
  return { url, stop: () => child.kill('SIGKILL') };
}

describe.skipIf(typeof opened === 'string')('messages', () => {
  it('that come twice, late and out of order count once, on their own day', async () => {
    const day = 86_400_000;
    const events = Array.from({ length: 20 }, (_, index) =>
      browserEvent({
        event_name: 'out_of_order',
        timestamp: new Date(Date.now() - ((index * 7) % 20) * day).toISOString(),
      }),
    );
    const ids = events.map((one) => one.event_id);
    const batches = [events.slice(10), events.slice(0, 10), events.slice(5, 15), events.toReversed()];
    for (const batch of batches) expect((await sendEvents(batch)).status).toBe(202);
    await eventually('all arrived', async () => (await storedEvents(ids))[1] === 20);
    await wait(1_500);
    expect(await storedEvents(ids)).toEqual([20, 20]);
    const days = await stage.click<{ date: string; n: number }>(
      "SELECT date, sum(events) AS n FROM events_daily WHERE event_name = 'out_of_order' GROUP BY date",
    );
    expect(days.map((one) => Number(one.n))).toEqual(Array.from({ length: 20 }, () => 1));
  });
});

describe.skipIf(typeof opened === 'string')('two workers', () => {
  it('one of them asleep, do one job once', async () => {
    const second = await stage.worker();
    const project = (await create('two workers')).body.id as string;
    // The first to take the job falls asleep in it; its heartbeat stops, the other takes over; then the sleeper wakes
    // and finishes too.
    for (const one of [worker, second]) one.arm('user_tx.before_commit', 'wait:4000');
    const answer = await call(
      `${api.url}/api/v1/projects/${project}/floor-plans`,
      'POST',
      user.cookie,
      undefined,
      { form: planForm(77) },
    );
    expect(answer.status).toBe(201);
    const id = answer.body.id as string;
    await eventually('one has the job', async () => {
      const rows = await stage.sql<{ n: number }>(
        "select count(*)::int as n from pgboss.job where name = 'read_floor_plan' and state = 'active'",
      );
      return rows[0]?.n === 1;
    });
    await wait(1_000);
    await stage.sql("update pgboss.job set heartbeat_on = now() - interval '1 hour' where state = 'active'");
    await eventually(
      'the plan is read',
      async () => (await get(`/floor-plans/${id}`)).body.status === 'analyzed',
      60,
    );
    await wait(5_000);
    const rooms = await stage.sql<{ n: number; numbers: number }>(
      'select count(*)::int as n, count(distinct number)::int as numbers from spaces where floor_plan_id = $1',
      [id],
    );
    expect(rooms[0]?.n).toBeGreaterThan(5);
    expect(rooms[0]?.numbers).toBe(rooms[0]?.n);
    const analyzed = await stage.sql<{ n: number }>(
      "select count(*)::int as n from pgboss.job where name = 'read_floor_plan' and state = 'completed' and data->>'floor_plan_id' = $1",
      [id],
    );
    expect(analyzed[0]?.n).toBeLessThanOrEqual(1);
    await second.stop();
  }, 120_000);
});

describe.skipIf(typeof opened === 'string')('clocks', () => {
  it.each([3 * 3_600_000, -3 * 3_600_000])(
    '%i ms off in one process: nothing is lost or doubled',
    async (skew) => {
      const preload = join(stage.folder, `clock${skew}.mjs`);
      writeFileSync(
        preload,
        `const real = Date.now; const Real = Date; const now = () => real() + ${skew};
       globalThis.Date = class extends Real { constructor(...a) { super(...(a.length ? a : [now()])); } static now() { return now(); } };`,
      );
      const odd = await stage.api({ NODE_OPTIONS: `--import ${preload}` });
      const ids: string[] = [];
      for (const url of [odd.url, api.url]) {
        const answer = await call(`${url}/api/v1/projects`, 'POST', user.cookie, { name: `clock ${skew}` });
        expect(answer.status).toBe(201);
        ids.push(answer.body.id);
      }
      expect((await get('/projects?limit=200')).body.items.map((one: { id: string }) => one.id)).toEqual(
        expect.arrayContaining(ids),
      );
      const created = async () =>
        Number(
          (
            await stage.click<{ n: number }>(
              "SELECT count() AS n FROM events WHERE event_name = 'project_created' AND project_id IN {ids:Array(UUID)}",
              { ids },
            )
          )[0]?.n,
        );
      await eventually('both have their event', async () => (await created()) >= 2);
      await wait(2_500);
      expect(await created()).toBe(2);
      await odd.kill();
    },
  );
});
