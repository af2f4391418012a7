// Ending the reading of a plan while it waits or runs, from a process that need not be the one that reads.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FloorPlan } from '../../../contract/floorplans.ts';
import { samplePlanDxf } from '../../../engine/plan/generator/sample.ts';
import { type Answer, openTestApp, type Person, type TestApp, until } from '../../../test/harness/app.ts';
import { runTask } from '../../platform/worker-task.ts';

let t: TestApp;
let ada: Person;

beforeAll(async () => {
  t = await openTestApp();
  ada = await t.join('Ada');
});
afterAll(() => t.close());

const someDrawing = () => samplePlanDxf(Math.floor(Math.random() * 1e6));

async function uploaded(): Promise<{ project: string; plan: FloorPlan }> {
  const project = (await ada.post('/projects', { name: 'Cancelled' })).body.id;
  const answer = await ada.upload(`/projects/${project}/floor-plans`, 'plan.dxf', someDrawing());
  expect(answer.status).toBe(201);
  return { project, plan: answer.body };
}

const at = (id: string, states: string[]) =>
  until(
    () => ada.get(`/floor-plans/${id}`),
    (answer) => states.includes(answer.body.status),
  );
const cancel = (id: string, who: Pick<Person, 'post'> = ada) =>
  who.post(`/floor-plans/${id}/analysis/cancel`);

/** Until no reading is queued or runs: what was cancelled had every chance to be stored. */
async function quiet(): Promise<void> {
  await until(
    async () => {
      const rows = await t.app.deps.postgres.pool.query(
        "select count(*)::int as open from pgboss.job where name = 'read_floor_plan' and state in ('created', 'retry', 'active')",
      );
      return { status: 200, body: rows.rows[0], headers: {} };
    },
    (answer) => answer.body.open === 0,
  );
}

describe('a reading that is cancelled', () => {
  it('while it waits is not done; the file is kept and can be read', async () => {
    const { plan } = await uploaded();
    const ended = await cancel(plan.id);
    expect(ended.status).toBe(200);
    expect(ended.body).toMatchObject({ status: 'failed', space_count: 0 });
    expect(ended.body.processing_error).toMatch(/^Reading was cancelled; /);
    await quiet();
    expect((await ada.get(`/floor-plans/${plan.id}`)).body).toMatchObject({
      status: 'failed',
      space_count: 0,
    });
    const again = await ada.post(`/floor-plans/${plan.id}/analysis`, {});
    expect(again.body.status).toBe('uploaded');
    expect((await at(plan.id, ['analyzed', 'failed'])).body).toMatchObject({
      status: 'analyzed',
      processing_error: null,
    });
  });

  it('while it runs ends at once and stores nothing', async () => {
    // A quick machine may be done before it is asked to stop; then the next one is tried.
    let plan: FloorPlan;
    let ended: Answer;
    let tries = 0;
    do {
      plan = (await uploaded()).plan;
      await at(plan.id, ['processing', 'analyzed']);
      ended = await cancel(plan.id);
      tries += 1;
    } while (ended.status === 409 && tries < 10);
    expect(ended.body.status).toBe('failed');
    const begun = performance.now();
    await quiet();
    // Far less than the reading itself needs on a busy machine, and no second try.
    expect(performance.now() - begun).toBeLessThan(5000);
    const after = (await ada.get(`/floor-plans/${plan.id}`)).body;
    expect(after).toMatchObject({ status: 'failed', space_count: 0 });
    expect((await ada.get(`/floor-plans/${plan.id}/spaces`)).body.items).toEqual([]);
  });

  it('leaves what an earlier reading found', async () => {
    const { plan } = await uploaded();
    const read = (await at(plan.id, ['analyzed'])).body;
    const rooms = (await ada.get(`/floor-plans/${plan.id}/spaces`)).body.items;
    await ada.upload(`/floor-plans/${plan.id}/revisions`, 'second.dxf', someDrawing());
    const ended = await cancel(plan.id);
    expect(ended.body).toMatchObject({
      status: 'analyzed',
      processing_error: null,
      file_name: 'second.dxf',
      file_revision: 2,
      space_count: read.space_count,
      has_differences: false,
    });
    await quiet();
    expect((await ada.get(`/floor-plans/${plan.id}/spaces`)).body.items).toEqual(rooms);
    // Read at last, the revised file is compared with the one before it.
    await ada.post(`/floor-plans/${plan.id}/analysis`, {});
    await at(plan.id, ['analyzed', 'failed']);
    const told = await ada.get(`/floor-plans/${plan.id}/differences`);
    expect(told.body.previous_file_name).toBe('plan.dxf');
  });

  it('and asked for anew at once is read once, by the later reading', async () => {
    const { plan } = await uploaded();
    await cancel(plan.id);
    await ada.post(`/floor-plans/${plan.id}/analysis`, {});
    await ada.post(`/floor-plans/${plan.id}/analysis`, { scale: '1:100' });
    await at(plan.id, ['analyzed']);
    await quiet();
    const metrics = await t.app.deps.postgres.asSystem((tx) =>
      tx.selectFrom('floor_plans').select('edit_revision').where('id', '=', plan.id).executeTakeFirst(),
    );
    expect(metrics?.edit_revision).toBe(1);
  });

  it('is refused where nothing is being read, and to everybody who may not edit', async () => {
    const { project, plan } = await uploaded();
    await at(plan.id, ['analyzed']);
    const idle = await cancel(plan.id);
    expect(idle.status).toBe(409);
    expect(idle.body.detail).toBe('This plan is not being read; there is nothing to cancel.');
    const eve = await t.join('Eve');
    expect((await cancel(plan.id, eve)).status).toBe(404);
    expect((await cancel(plan.id, t.anonymous)).status).toBe(401);
    await ada.post(`/projects/${project}/collaborators`, { email: eve.email, role: 'viewer' });
    for (const role of ['viewer', 'commenter']) {
      await ada.patch(`/projects/${project}/collaborators/${eve.user_id}`, { role });
      expect((await cancel(plan.id, eve)).status).toBe(403);
    }
  });
});

describe('a removed floor', () => {
  it('whose reading had not ended is read when it comes back', async () => {
    const { plan } = await uploaded();
    expect((await ada.delete(`/floor-plans/${plan.id}`)).status).toBe(204);
    await quiet();
    expect((await ada.post(`/floor-plans/${plan.id}/restore`)).body.status).toBe('uploaded');
    expect((await at(plan.id, ['analyzed', 'failed'])).body.status).toBe('analyzed');
  });
});

describe('the worker', () => {
  it('ends a task that is aborted while it computes', async () => {
    const controller = new AbortController();
    const task = runTask({
      module: new URL('./analyze-task.ts', import.meta.url).href,
      export_name: 'analyze',
      input: { bytes: someDrawing(), file_name: 'plan.dxf', options: {} },
      timeout_ms: 60_000,
      memory_mb: 512,
      signal: controller.signal,
      label: 'Reading',
    });
    setTimeout(() => controller.abort(), 50);
    await expect(task).rejects.toMatchObject({ type: 'cancelled' });
  });
});
