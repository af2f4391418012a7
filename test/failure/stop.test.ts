// SIGTERM to two real processes: what is under way is answered, live streams end, a job is given back and run elsewhere
// without using up a try, and the process ends by itself with 0.
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { call, eventually, openStage, planForm, type Stage, signUp } from './stage.ts';

const opened = await openStage();
if (typeof opened === 'string') console.warn(`Stopping is not tested here: ${opened}.`);
const stage = opened as Stage;
afterAll(async () => {
  if (typeof opened !== 'string') await stage.close();
});

describe.skipIf(typeof opened === 'string')('SIGTERM', () => {
  it('the API answers what is under way, ends live streams and is done', async () => {
    const api = await stage.api();
    const user = await signUp(api.url);
    const project = await call(`${api.url}/api/v1/projects`, 'POST', user.cookie, { name: 'stopped' });
    const live = await fetch(`${api.url}/api/v1/projects/${project.body.id}/events`, {
      headers: { cookie: user.cookie, accept: 'text/event-stream' },
    });
    expect(live.status).toBe(200);
    const ended = (async () => {
      for await (const _ of live.body as AsyncIterable<Uint8Array>);
    })().then(() => 'ended');
    api.arm('user_tx.before_commit', 'wait:1500');
    const slow = call(`${api.url}/api/v1/projects`, 'POST', user.cookie, { name: 'under way' });
    await eventually('the change is under way', () => api.wentOff());
    const begun = performance.now();
    const code = api.stop();
    expect((await slow).status).toBe(201);
    expect(await Promise.race([ended, wait(20_000, 'still open')])).toBe('ended');
    expect(await code).toBe(0);
    expect(performance.now() - begun).toBeLessThan(30_000);
    const rows = await stage.sql<{ n: number }>(
      "select count(*)::int as n from projects where name = 'under way'",
    );
    expect(rows[0]?.n).toBe(1);
  }, 120_000);

  it('a worker gives back the job it cannot finish, and another runs it, with all its tries', async () => {
    const api = await stage.api();
    const worker = await stage.worker();
    const user = await signUp(api.url);
    const project = await call(`${api.url}/api/v1/projects`, 'POST', user.cookie, { name: 'given back' });
    // The sign-up's mail first: the next job is the plan.
    await eventually('the mail is out', async () => {
      const rows = await stage.sql<{ n: number }>(
        "select count(*)::int as n from pgboss.job where state in ('created', 'active', 'retry') and name = 'send_mail'",
      );
      return rows[0]?.n === 0;
    });
    worker.arm('job.before_run', 'wait:60000');
    const plan = await call(
      `${api.url}/api/v1/projects/${project.body.id}/floor-plans`,
      'POST',
      user.cookie,
      undefined,
      { form: planForm(9) },
    );
    expect(plan.status).toBe(201);
    await eventually('the job is taken', async () => {
      const rows = await stage.sql<{ n: number }>(
        "select count(*)::int as n from pgboss.job where name = 'read_floor_plan' and state = 'active'",
      );
      return rows[0]?.n === 1;
    });
    expect(await worker.stop()).toBe(0);
    const given = await stage.sql<{ state: string; retry_count: number }>(
      "select state::text as state, retry_count from pgboss.job where name = 'read_floor_plan'",
    );
    expect(given).toEqual([{ state: 'created', retry_count: 0 }]);
    await stage.worker();
    await eventually(
      'the plan is read',
      async () =>
        (await call(`${api.url}/api/v1/floor-plans/${plan.body.id}`, 'GET', user.cookie)).body.status ===
        'analyzed',
    );
  }, 240_000);
});
