import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ComplianceCheck } from '../../../contract/plan.ts';
import type { Screening } from '../../../contract/screening.ts';
import { samplePlanDxf } from '../../../engine/plan/generator/sample.ts';
import { openTestApp, type Person, type TestApp, until } from '../../../test/harness/app.ts';

let t: TestApp;
let ada: Person;
let project: string;
let plan: string;
let path: string;

beforeAll(async () => {
  t = await openTestApp();
  ada = await t.join('Ada');
  project = (await ada.post('/projects', { name: 'Screened' })).body.id;
  const uploaded = await ada.upload(`/projects/${project}/floor-plans`, 'plan.dxf', samplePlanDxf(11));
  plan = uploaded.body.id;
  path = `/floor-plans/${plan}/screening`;
  await until(
    () => ada.get(`/floor-plans/${plan}`),
    (answer) => answer.body.status === 'analyzed',
  );
});
afterAll(() => t.close());

async function screening(): Promise<Screening> {
  const answer = await ada.get(path);
  expect(answer.status).toBe(200);
  return answer.body as Screening;
}

function of(checks: readonly ComplianceCheck[], section: string): ComplianceCheck[] {
  return checks.filter((check) => check.section === section);
}

describe('the screening of a plan', () => {
  it('gives checks with code and section, exits, routes and loads, and says it is no review', async () => {
    const { label, checks, exits, routes, loads, occupants } = await screening();
    expect(label).toBe('screening');
    expect(of(checks, 'Table 1017.2')).not.toEqual([]);
    expect(exits.some((exit) => exit.is_exit && exit.by === 'drawing')).toBe(true);
    expect(routes.length).toBeGreaterThan(5);
    const ids = new Set(
      (await ada.get(`/floor-plans/${plan}/spaces`)).body.items.map((space: { id: string }) => space.id),
    );
    for (const route of routes) {
      expect(ids.has(route.space_id)).toBe(true);
      expect(route.common_path_ft).toBeLessThanOrEqual(route.length_ft + 0.01);
      expect(route.path).toHaveLength(route.source_path.length);
    }
    expect(occupants).toBeGreaterThanOrEqual(Math.max(...loads.map((load) => load.occupants)));
  });

  it('keeps what a person answers, and decides by it', async () => {
    const before = await screening();
    const [exit] = before.exits.filter((one) => one.is_exit);
    const answered = await ada.patch(`${path}/answers`, {
      sprinklered: true,
      adopted_code: 'IBC 2021 with local amendments',
      exits: { [exit!.door_id]: false },
    });
    expect(answered.status).toBe(200);
    expect(answered.body.answers).toEqual({
      sprinklered: true,
      adopted_code: 'IBC 2021 with local amendments',
      exits: { [exit!.door_id]: false },
    });
    const after = await screening();
    expect(after.checks.some((check) => check.asks?.includes('sprinklered'))).toBe(false);
    expect(after.exits.find((one) => one.door_id === exit!.door_id)).toMatchObject({
      is_exit: false,
      by: 'user',
    });
    expect(after.routes.some((route) => route.exit_door_id === exit!.door_id)).toBe(false);
    const back = await ada.patch(`${path}/answers`, { sprinklered: null, exits: { [exit!.door_id]: null } });
    expect(back.body.answers).toEqual({ adopted_code: 'IBC 2021 with local amendments' });
    expect(back.body.exits).toEqual(before.exits);
  });

  it('follows corrections of the rooms', async () => {
    const { loads } = await screening();
    const load = loads.find((one) => one.function === 'Business areas' && one.occupants > 0)!;
    await ada.patch(`/spaces/${load.space_id}`, { type: 'meeting_room' });
    const after = await screening();
    expect(after.loads.find((one) => one.space_id === load.space_id)!.occupants).toBeGreaterThan(
      load.occupants,
    );
  });

  it('refuses doors the plan does not have, and fields nobody knows', async () => {
    expect((await ada.patch(`${path}/answers`, { exits: { 'door-9999': true } })).status).toBe(400);
    expect((await ada.patch(`${path}/answers`, { sprinkled: true })).status).toBe(400);
  });

  it('is for those who may see the project; answers for those who may edit it', async () => {
    const eve = await t.join('Eve');
    expect((await eve.get(path)).status).toBe(404);
    expect((await eve.patch(`${path}/answers`, { sprinklered: true })).status).toBe(404);
    expect((await t.anonymous.get(path)).status).toBe(401);
    await ada.post(`/projects/${project}/collaborators`, { email: eve.email, role: 'viewer' });
    expect((await eve.get(path)).status).toBe(200);
    expect((await eve.patch(`${path}/answers`, { sprinklered: true })).status).toBe(403);
    expect((await screening()).answers.sprinklered).toBeUndefined();
  });
});
