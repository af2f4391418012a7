// Questions answered from the project, swaps that an answer offers carried out and taken back, and who may do so.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { samplePlanDxf } from '../../../engine/plan/generator/sample.ts';
import { openTestApp, type Person, type TestApp, until } from '../../../test/harness/app.ts';

let t: TestApp;
let ada: Person;
let bo: Person;
let project: string;
let conversation: string;

beforeAll(async () => {
  t = await openTestApp();
  ada = await t.join('Ada');
  bo = await t.join('Bo');
  await t.app.features.catalog.seedGenerated({ seed: 3 });
  project = (await ada.post('/projects', { name: 'Ask me' })).body.id;
  const plan = await ada.upload(`/projects/${project}/floor-plans`, 'plan.dxf', samplePlanDxf(6));
  await until(
    () => ada.get(`/floor-plans/${plan.body.id}`),
    (answer) => answer.body.status === 'analyzed',
  );
  conversation = (await ada.post(`/projects/${project}/conversations`)).body.id;
}, 120_000);
afterAll(() => t.close());

const say = async (person: Person, content: string, id = conversation) =>
  (await person.post(`/conversations/${id}/messages`, { content })).body;

describe('a question', () => {
  it('is answered honestly while there is nothing to answer from', async () => {
    const { assistant_message, intent } = await say(ada, 'What is the total cost?');
    expect(intent).toBe('ask_question');
    expect(assistant_message.content).toMatch(/no recommendation yet/);
  });

  it('is answered with the figures of the project and a way to them', async () => {
    await say(ada, 'We need 14 workstations with ergonomic chairs, budget around $200,000.');
    const made = await ada.post(`/projects/${project}/recommendations`, {});
    const balanced = made.body.scenarios.find((one: { type: string }) => one.type === 'balanced');
    const { assistant_message } = await say(ada, 'Are we over budget?');
    const total = new Intl.NumberFormat('en-US', {
      style: 'currency',
      currency: 'USD',
      maximumFractionDigits: 0,
    }).format(balanced.total_cost);
    expect(assistant_message.content).toContain(total);
    expect(assistant_message.links).toEqual([{ label: 'Budget', step: 'budget' }]);
    const [item] = made.body.items;
    const why = await say(ada, `Why ${item.product.name}?`);
    expect(why.assistant_message.content).toContain(item.product.name);
    expect(why.assistant_message.links[0].item_id).toBeDefined();
    expect(why.brief.workstation_count).toBe(14);
  });

  it('that the project cannot answer is said to be one', async () => {
    const { assistant_message } = await say(ada, 'Who won the match yesterday?');
    expect(assistant_message.content).toMatch(/cannot tell/);
  });
});

describe('an offered swap', () => {
  const offered = async () => {
    const { assistant_message } = await say(ada, 'What if it was 5% cheaper?');
    const index = assistant_message.actions.findIndex((one: { type: string }) => one.type === 'swap_item');
    return { message: assistant_message, index, action: assistant_message.actions[index] };
  };
  const total = async () =>
    (await ada.get(`/projects/${project}/budget-scenarios`)).body.items.find(
      (one: { type: string }) => one.type === 'balanced',
    ).total_cost;

  it('changes nothing by itself; applied it changes the bill, undone it is as before', async () => {
    const before = await total();
    const { message, index, action } = await offered();
    expect(action).toMatchObject({ state: 'proposed', swap: { change_id: null } });
    expect(action.swap.price_diff).toBeLessThan(0);
    expect(await total()).toBe(before);
    const path = `/conversations/${conversation}/messages/${message.id}/actions/${index}`;
    const applied = await ada.post(`${path}/apply`);
    expect(applied).toMatchObject({ status: 200, body: { state: 'applied' } });
    expect(await total()).toBeLessThan(before);
    expect((await ada.post(`${path}/apply`)).status).toBe(409);
    expect((await ada.post(`${path}/undo`)).body.state).toBe('undone');
    expect(await total()).toBe(before);
    expect((await ada.post(`${path}/undo`)).status).toBe(409);
    const kept = await ada.get(`/conversations/${conversation}/messages?limit=200`);
    const same = kept.body.items.find((one: { id: string }) => one.id === message.id);
    expect(same.actions[index].state).toBe('undone');
  });

  it('is for those who may edit, and unknown to others', async () => {
    const { message, index } = await offered();
    const path = `/conversations/${conversation}/messages/${message.id}/actions/${index}/apply`;
    expect((await bo.post(path)).status).toBe(404);
    await ada.post(`/projects/${project}/collaborators`, { email: bo.email, role: 'commenter' });
    expect((await bo.post(path)).status).toBe(403);
    expect((await ada.post(path.replace(`/${index}/`, '/77/'))).status).toBe(404);
  });
});

describe('several people and conversations', () => {
  it('stand side by side, each message with its author, and carry a title and, when long, a summary', async () => {
    await say(bo, 'Please think of lockers.');
    const messages = (await ada.get(`/conversations/${conversation}/messages?limit=200`)).body.items;
    const authors = new Set(
      messages.map((one: { author_id: string | null }) => one.author_id).filter(Boolean),
    );
    expect(authors).toEqual(new Set([ada.user_id, bo.user_id]));
    const second = (await ada.post(`/projects/${project}/conversations`)).body.id;
    await say(ada, 'How many rooms are there?', second);
    const list = (await ada.get(`/projects/${project}/conversations`)).body.items;
    expect(list.map((one: { title: string }) => one.title)).toEqual([
      'How many rooms are there?',
      'What is the total cost?',
    ]);
    expect((await ada.patch(`/conversations/${second}`, { title: 'Rooms' })).body.title).toBe('Rooms');
    for (let i = 0; i < 10; i++) await say(ada, `Make that ${20 + i} workstations.`, second);
    const { summary } = (await ada.get(`/conversations/${second}`)).body;
    expect(summary).toMatch(/workstation count: 29/);
    expect(summary).toMatch(/Corrected: .*29 workstations/);
  });
});
