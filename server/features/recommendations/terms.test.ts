// Terms of trade over HTTP: contract tiers, rates with sources, the return's inputs, planning rules, and that cost is seen by
// those alone who may see it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type Person, type TestApp } from '../../../test/harness/app.ts';

let t: TestApp;
let dealer: Person;
let client: Person;
let project: string;
// biome-ignore lint/suspicious/noExplicitAny: the answer of the API as it comes
let recommendation: any;

const cents = (amount: number) => Math.round(amount * 100);
const setType = async (organization: string, type: string) =>
  await t.app.deps.postgres.asSystem(async (tx) => {
    await tx
      .updateTable('organizations')
      .set({ type, dealer_confirmed_at: type === 'dealer' ? new Date() : null })
      .where('id', '=', organization)
      .execute();
  });

beforeAll(async () => {
  t = await openTestApp();
  await t.join('Root');
  dealer = await t.join('Dana');
  client = await t.join('Cleo');
  await setType(dealer.organization_id, 'dealer');
  await setType(client.organization_id, 'corporate');
  await t.app.features.catalog.seedGenerated({ seed: 11 });
  project = (await dealer.post('/projects', { name: 'Terms', organization_id: dealer.organization_id })).body
    .id;
  await dealer.post(`/projects/${project}/collaborators`, { email: client.email, role: 'editor' });
  const conversation = await dealer.post(`/projects/${project}/conversations`);
  await dealer.post(`/conversations/${conversation.body.id}/messages`, {
    content: 'We need 12 desks, 2 private offices and 1 meeting room. Budget up to $400,000.',
  });
  recommendation = (await dealer.post(`/projects/${project}/recommendations`, {})).body;
}, 120_000);
afterAll(() => t.close());

const scenarioNow = async (who = dealer) =>
  (await who.get(`/projects/${project}/budget-scenarios`)).body.items.find(
    (one: { type: string }) => one.type === 'balanced',
  );
const itemsNow = async () =>
  (await dealer.get(`/recommendations/${recommendation.id}?scenario=balanced`)).body.items;

/** Names of every field in a document that speaks of cost or margin. */
function costFields(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((one, at) => costFields(one, `${path}[${at}]`));
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, one]) => {
    const here =
      /cost|margin|markup|dealer|buy/i.test(key) && key !== 'total_cost' && !key.startsWith('move_cost')
        ? [`${path}.${key}`]
        : [];
    return [...here, ...costFields(one, `${path}.${key}`)];
  });
}

describe('a contract', () => {
  it('prices by the tier of the order’s list total, to the cent, and the lines follow', async () => {
    const list = (await itemsNow()).reduce(
      (sum: number, item: { unit_list_price: number; quantity: number }) =>
        sum + cents(item.unit_list_price) * item.quantity,
      0,
    );
    const tiers = [
      { up_to_list: Math.floor(list / 200), discount: '40' },
      { up_to_list: null, discount: '50/10/5' },
    ];
    const saved = await dealer.patch(`/projects/${project}/terms`, {
      contract: { name: 'State contract', tiers },
    });
    expect(saved.status).toBe(200);
    expect(saved.body.contract_source).toBe('project');
    for (const item of await itemsNow())
      expect(cents(item.unit_price)).toBe(Math.round(cents(item.unit_list_price) * 0.4275 + 1e-9));
    const scenario = await scenarioNow();
    expect(scenario.pricing).toMatchObject({ contract: 'State contract', contract_discount: '50/10/5' });
    const lines = scenario.lines.reduce(
      (sum: number, line: { amount: number }) => sum + cents(line.amount),
      0,
    );
    expect(lines).toBe(cents(scenario.total_cost));
  });

  it('is chosen with when it is recommended again, and no limit is broken by it', async () => {
    recommendation = (await dealer.post(`/projects/${project}/recommendations`, {})).body;
    expect(recommendation.summary.state).toBe('ready');
    for (const scenario of recommendation.scenarios) {
      expect(scenario.total_cost).toBeLessThanOrEqual(400_000);
      expect(scenario.pricing.contract).toBe('State contract');
    }
    for (const item of recommendation.items) expect(item.unit_price).toBeLessThan(item.unit_list_price);
  });

  it('with tiers out of order is refused with what is wrong', async () => {
    const refused = await dealer.patch(`/projects/${project}/terms`, {
      contract: {
        name: 'X',
        tiers: [
          { up_to_list: null, discount: '40' },
          { up_to_list: 5, discount: '50' },
        ],
      },
    });
    expect(refused.status).toBe(400);
    expect(JSON.stringify(refused.body)).toMatch(/out of order/);
    const chain = await dealer.patch(`/projects/${project}/terms`, {
      contract: { name: 'X', discount: '50/ten' },
    });
    expect(JSON.stringify(chain.body)).toMatch(/50\/10\/5/);
  });
});

describe('rates and assumptions', () => {
  it('stand with their source, and the strongest layer wins', async () => {
    await dealer.patch(`/organizations/${dealer.organization_id}/planning`, {
      rates: { freight_pct: 6, tax_pct: 8.25 },
    });
    await dealer.patch(`/projects/${project}/terms`, { rates: { freight_pct: 5 } });
    const scenario = await scenarioNow();
    await dealer.patch(`/budget-scenarios/${scenario.id}`, { rates: { installation_pct: 12 } });
    const { pricing } = await scenarioNow();
    const rate = (key: string) => pricing.rates.find((one: { key: string }) => one.key === key);
    expect(rate('freight_pct')).toMatchObject({ pct: 5, source: 'this project' });
    expect(rate('tax_pct')).toMatchObject({ pct: 8.25, source: 'your organization' });
    expect(rate('installation_pct')).toMatchObject({ pct: 12, source: 'this scenario' });
    expect(rate('design_pct').source).toMatch(/practice/);
  });

  it('inputs of the return are kept with the scenario, move its figures and can be taken back', async () => {
    const { id } = await scenarioNow();
    const with_inputs = await dealer.patch(`/budget-scenarios/${id}`, {
      roi_inputs: { area_before_sqft: 12_000, area_after_sqft: 7_000, rent_per_sqft: 40 },
    });
    expect(with_inputs.body.roi_analysis.annual_savings).toBe(200_000);
    expect(with_inputs.body.roi_analysis.sensitivity).toHaveLength(3);
    expect(
      with_inputs.body.roi_analysis.assumptions.find((one: { key: string }) => one.key === 'rent_per_sqft')
        .source,
    ).toBe('this scenario');
    const back = await dealer.patch(`/budget-scenarios/${id}`, { roi_inputs: { rent_per_sqft: null } });
    expect(back.body.roi_analysis.annual_savings).toBe(0);
    const strange = await dealer.patch(`/budget-scenarios/${id}`, { roi_inputs: { happiness: 3 } });
    expect(strange.status).toBe(400);
    expect(strange.body.detail).toMatch(/rent_per_sqft/);
  });
});

describe('cost and margin', () => {
  it('are seen by the dealer on items and scenarios, under the dealer’s own buy terms', async () => {
    const [first] = await itemsNow();
    await dealer.patch(`/organizations/${dealer.organization_id}/buy-terms`, {
      rules: [{ name: 'Everything', buy_discount: '60/10' }],
    });
    await dealer.patch(`/projects/${project}/terms`, { rates: { freight_pct: 5 } });
    const [item] = await itemsNow();
    expect(item.id).toBe(first.id);
    expect(cents(item.internal.unit_cost)).toBe(Math.round(cents(item.unit_list_price) * 0.36));
    const scenario = await scenarioNow();
    expect(scenario.internal.lines_without_cost).toBe(0);
    expect(scenario.internal.margin_pct).toBeCloseTo(100 * (1 - 0.36 / 0.4275), 1);
  });

  it('are in no field of any answer that a client gets', async () => {
    const [item] = await itemsNow();
    const scenario = await scenarioNow();
    const answers = [
      await client.get(`/recommendations/${recommendation.id}`),
      await client.get(`/projects/${project}/recommendations`),
      await client.get(`/projects/${project}/budget-scenarios`),
      await client.get(`/projects/${project}/sustainability`),
      await client.get(`/projects/${project}/terms`),
      await client.patch(`/recommendations/${recommendation.id}/items/${item.id}`, { status: 'accepted' }),
      await client.patch(`/recommendations/${recommendation.id}/items/${item.id}`, {
        quantity: item.quantity + 1,
      }),
      await client.patch(`/budget-scenarios/${scenario.id}`, { rates: { design_pct: 3 } }),
      await client.post(`/budget-scenarios/${scenario.id}/select`),
      await client.post(`/recommendations/${recommendation.id}/reprice`),
      await client.patch(`/projects/${project}/terms`, { rates: { freight_pct: 5 } }),
      await client.get(`/budget-scenarios/${scenario.id}/arrangements`),
      await client.post(`/recommendations/${recommendation.id}/bulk`, { action: 'accept' }),
    ];
    for (const answer of answers) {
      expect(answer.status).toBeLessThan(300);
      expect(costFields(answer.body)).toEqual([]);
      expect(JSON.stringify(answer.body)).not.toContain('"internal"');
    }
    // Under the client's changes the dealer still sees what it costs.
    expect((await scenarioNow()).internal.cost).toBeGreaterThan(0);
    expect((await client.get(`/organizations/${dealer.organization_id}/buy-terms`)).status).toBe(404);
    const row = await t.app.deps.postgres.withContext({ user_id: client.user_id }, (tx) =>
      tx.selectFrom('scenario_costs').select('unit_cost').limit(1).executeTakeFirst(),
    );
    expect(row).toBeUndefined();
  });

  it('another dealer on the project sees none of them either', async () => {
    const rival = await t.join('Rival');
    await setType(rival.organization_id, 'dealer');
    await dealer.post(`/projects/${project}/collaborators`, { email: rival.email, role: 'viewer' });
    const answer = await rival.get(`/projects/${project}/budget-scenarios`);
    expect(answer.status).toBe(200);
    expect(costFields(answer.body)).toEqual([]);
  });
});

describe('saved quotes', () => {
  it('say when a price, a time or a product has changed, and take today’s over when repriced', async () => {
    const [item] = await itemsNow();
    await t.app.deps.postgres.asSystem(async (tx) => {
      await tx
        .updateTable('products')
        .set({
          list_price: item.unit_list_price + 10,
          lead_time_days: (item.product.lead_time_days ?? 14) + 30,
        })
        .where('id', '=', item.product.id)
        .execute();
    });
    const codes = async () =>
      (await itemsNow())
        .find((one: { id: string }) => one.id === item.id)
        .warnings.map((one: { code: string }) => one.code);
    expect(await codes()).toEqual(expect.arrayContaining(['price_changed', 'lead_time_changed']));
    await dealer.post(`/recommendations/${recommendation.id}/reprice`);
    expect(await codes()).toEqual([]);
    const after = (await itemsNow()).find((one: { id: string }) => one.id === item.id);
    expect(after.unit_list_price).toBeCloseTo(item.unit_list_price + 10, 2);
  });
});

describe('planning rules of an organization', () => {
  it('change the bill of needs, and are refused with what would be right', async () => {
    const path = `/organizations/${dealer.organization_id}/planning`;
    const unknown = await dealer.patch(path, { kit_rules: [{ id: 'open.pedestals', per: 2 }] });
    expect(unknown.status).toBe(400);
    expect(unknown.body.detail).toMatch(/open\.pedestal/);
    const zero = await dealer.patch(path, { kit_rules: [{ id: 'open.pedestal', per: 0 }] });
    expect(zero.status).toBe(400);
    const saved = await dealer.patch(path, { kit_rules: [{ id: 'open.pedestal', enabled: false }] });
    expect(saved.status).toBe(200);
    const again = (await dealer.post(`/projects/${project}/recommendations`, {})).body;
    expect(again.items.some((item: { need: { role: string } }) => item.need.role === 'pedestal')).toBe(false);
    expect(
      recommendation.items.some((item: { need: { role: string } }) => item.need.role === 'pedestal'),
    ).toBe(true);
    expect((await client.patch(path, { kit_rules: [] })).status).toBe(404);
  });
});

describe('somebody else who knows the ids', () => {
  it('reads and changes nothing', async () => {
    const eve = await t.join('Eve');
    const scenario = await scenarioNow();
    const [item] = await itemsNow();
    const attempts = [
      eve.get(`/projects/${project}/terms`),
      eve.patch(`/projects/${project}/terms`, { rates: { freight_pct: 90 } }),
      eve.get(`/budget-scenarios/${scenario.id}/arrangements`),
      eve.post(`/budget-scenarios/${scenario.id}/arrangement`, { arrangement: 'light' }),
      eve.patch(`/budget-scenarios/${scenario.id}`, { rates: { freight_pct: 90 } }),
      eve.post(`/recommendations/${recommendation.id}/bulk`, { action: 'accept' }),
      eve.post(`/recommendations/${recommendation.id}/reprice`),
      eve.post(`/recommendations/${recommendation.id}/changes/${scenario.id}/undo`),
      eve.patch(`/recommendations/${recommendation.id}/items/${item.id}`, { quantity: 1 }),
      eve.get(`/organizations/${dealer.organization_id}/planning`),
      eve.patch(`/organizations/${dealer.organization_id}/planning`, { rates: {} }),
      eve.patch(`/organizations/${dealer.organization_id}/buy-terms`, { rules: [] }),
    ];
    for (const answer of await Promise.all(attempts)) expect(answer.status).toBe(404);
    expect((await scenarioNow()).total_cost).toBe(scenario.total_cost);
  });
});

describe('an organization’s kits and standards', () => {
  const path = () => `/organizations/${dealer.organization_id}/standards`;
  // biome-ignore lint/suspicious/noExplicitAny: the answer of the API as it comes
  const ruleOf = (answer: any, id: string) => answer.body.rules.find((one: any) => one.id === id);

  it('show every row with its source, take a figure of one’s own, and go back to what is built in', async () => {
    const before = await dealer.get(path());
    expect(before.status).toBe(200);
    const row = before.body.rules.find(
      (one: { built_in: { at_least: number | null; at_most: number | null } }) =>
        one.built_in.at_least === null && one.built_in.at_most === null,
    );
    expect(
      before.body.rules.every((one: { in_force: { source: string } }) => one.in_force.source.length > 3),
    ).toBe(true);
    const changed = await dealer.patch(`${path()}/rules/${row.id}`, { per: 7, enabled: false });
    expect(ruleOf(changed, row.id)).toMatchObject({
      own: true,
      in_force: { per: 7, enabled: false, source: 'your organization' },
      built_in: { per: row.built_in.per, enabled: true },
    });
    const part = await dealer.patch(`${path()}/rules/${row.id}`, { enabled: null });
    expect(ruleOf(part, row.id).in_force).toMatchObject({ per: 7, enabled: true });
    const wrong = await dealer.patch(`${path()}/rules/${row.id}`, { at_least: 9, at_most: 2 });
    expect(wrong.status).toBe(400);
    expect(wrong.body.detail).toMatch(/at least.*above/i);
    const reset = await dealer.delete(`${path()}/rules/${row.id}`);
    expect(ruleOf(reset, row.id)).toEqual(row);
    expect((await dealer.patch(`${path()}/rules/no.such.rule`, { per: 2 })).status).toBe(404);
  });

  it('are changed by administrators alone, never by another tenant, and each change is in the log', async () => {
    expect((await client.get(path())).status).toBe(404);
    expect((await client.patch(`${path()}/rules/open.pedestal`, { per: 2 })).status).toBe(404);
    expect((await client.delete(`${path()}/rules/open.pedestal`)).status).toBe(404);
    await dealer.patch(`/organizations/${dealer.organization_id}/buy-terms`, {
      rules: [{ name: 'House', buy_discount: '61/7' }],
    });
    const rows = await t.app.deps.postgres.asSystem(
      async (tx) =>
        await tx
          .selectFrom('audit_log')
          .select(['action', 'detail'])
          .where('organization_id', '=', dealer.organization_id)
          .execute(),
    );
    const actions = rows.map((one) => one.action);
    expect(actions).toEqual(
      expect.arrayContaining(['planning.updated', 'planning.rule_changed', 'buy_terms.updated']),
    );
    expect(JSON.stringify(rows)).not.toContain('61/7');
  });
});
