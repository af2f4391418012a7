// What people do to a bill beyond choosing: products put in by hand, successors taken, limits relaxed, rooms accepted alike;
// alternatives whose differences are those of today; and that none of it reaches another tenant's project.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { samplePlanDxf } from '../../../engine/plan/generator/sample.ts';
import { openTestApp, type Person, type TestApp, until } from '../../../test/harness/app.ts';

let t: TestApp;
let ada: Person;
let eve: Person;
let project: string;
// biome-ignore lint/suspicious/noExplicitAny: the answer of the API as it comes
let recommendation: any;

// biome-ignore lint/suspicious/noExplicitAny: the answer of the API as it comes
type Item = any;
const cents = (amount: number) => Math.round(amount * 100);
const read = async () => (await ada.get(`/recommendations/${recommendation.id}?scenario=balanced`)).body;
const itemsNow = async (): Promise<Item[]> => (await read()).items;
const furnitureNow = async () =>
  cents(
    (await read()).scenarios
      .find((one: Item) => one.type === 'balanced')
      .lines.find((line: Item) => line.key === 'furniture').amount,
  );

beforeAll(async () => {
  t = await openTestApp();
  ada = await t.join('Ada');
  eve = await t.join('Eve');
  await t.app.features.catalog.seedGenerated({ seed: 8 });
  project = (await ada.post('/projects', { name: 'By hand' })).body.id;
  const plan = await ada.upload(`/projects/${project}/floor-plans`, 'plan.dxf', samplePlanDxf(4));
  await until(
    () => ada.get(`/floor-plans/${plan.body.id}`),
    (answer) => answer.body.status === 'analyzed',
  );
  const conversation = await ada.post(`/projects/${project}/conversations`);
  await ada.post(`/conversations/${conversation.body.id}/messages`, {
    content: 'We need 16 workstations and meeting rooms.',
  });
  recommendation = (await ada.post(`/projects/${project}/recommendations`, {})).body;
}, 120_000);
afterAll(() => t.close());

/** A small product of the catalogue that no line of the room holds yet, and the room. */
async function additionFor() {
  const items = await itemsNow();
  const room = items.find((item) => item.space_id !== null && item.placement !== null);
  const found = await ada.get('/products?q=side%20table&limit=20');
  const product = found.body.items.find(
    (one: Item) => !items.some((item) => item.space_id === room.space_id && item.product.id === one.id),
  );
  return { space_id: room.space_id as string, product };
}

describe('a product put in by hand', () => {
  it('stands in the room, is in the bill at its price, has alternatives, and is taken back', async () => {
    const before = await furnitureNow();
    const { space_id, product } = await additionFor();
    const added = await ada.post(`/recommendations/${recommendation.id}/items`, {
      product_id: product.id,
      space_id,
      quantity: 1,
      reason: 'for the printer',
    });
    expect(added.status).toBe(201);
    expect(added.body.need).toMatchObject({ kind: 'hand', source: 'Added by hand: for the printer' });
    expect(added.body.placement).toHaveLength(1);
    expect(added.body.alternatives.length).toBeGreaterThanOrEqual(2);
    expect(await furnitureNow()).toBe(before + cents(added.body.total_price));
    const again = await ada.post(`/recommendations/${recommendation.id}/items`, {
      product_id: product.id,
      space_id,
    });
    expect(again.status).toBe(409);
    expect(again.body.detail).toMatch(/raise its quantity/);
    const undone = await ada.post(
      `/recommendations/${recommendation.id}/changes/${added.body.effect.change_id}/undo`,
    );
    expect(undone.status).toBe(200);
    expect(await furnitureNow()).toBe(before);
  });

  it('more than the room holds is refused with what to confirm', async () => {
    const { space_id, product } = await additionFor();
    const refused = await ada.post(`/recommendations/${recommendation.id}/items`, {
      product_id: product.id,
      space_id,
      quantity: 4000,
    });
    expect(refused.status).toBe(409);
    expect(refused.body.detail).toMatch(/place/);
  });

  it('stays when everything else is recommended again', async () => {
    const { space_id, product } = await additionFor();
    const added = await ada.post(`/recommendations/${recommendation.id}/items`, {
      product_id: product.id,
      space_id,
    });
    expect(added.status).toBe(201);
    recommendation = (await ada.post(`/projects/${project}/recommendations`, {})).body;
    const kept = (await itemsNow()).filter(
      (item) => item.space_id === space_id && item.product.id === product.id,
    );
    expect(kept).toHaveLength(1);
    expect(kept[0]).toMatchObject({ quantity: 1, locked: true });
    expect(kept[0].need.kind).toBe('hand');
  });
});

describe('alternatives', () => {
  it('differ from the line by what a swap then costs, also after a swap and under a contract', async () => {
    await ada.patch(`/projects/${project}/terms`, { contract: { name: 'Frame', discount: '40' } });
    for (let round = 0; round < 2; round += 1) {
      const item = (await itemsNow()).find(
        (one) => one.alternatives.length >= 2 && !one.locked && one.alternatives[0].keeps_limits !== false,
      );
      expect(item.alternatives.length).toBeLessThanOrEqual(5);
      const [other] = item.alternatives;
      const before = await furnitureNow();
      const swapped = await ada.patch(`/recommendations/${recommendation.id}/items/${item.id}`, {
        product_id: other.product_id,
        override_limits: true,
        if_no_place: 'fit',
      });
      expect(swapped.status).toBe(200);
      if (swapped.body.quantity === other.quantity && swapped.body.effect.also_changed.length === 0)
        expect((await furnitureNow()) - before).toBe(cents(other.price_diff));
      const back = swapped.body.alternatives.find((one: Item) => one.product_id === item.product.id);
      expect(cents(back.price_diff)).toBe(-cents(other.price_diff));
      expect(back.lead_time_diff).toBe(-other.lead_time_diff);
    }
    await ada.patch(`/projects/${project}/terms`, { contract: null });
  });
});

describe('a product that is no longer sold', () => {
  it('is warned of on saved quotes, and its successor is taken in all rooms at once and taken back', async () => {
    const items = await itemsNow();
    const item = items.find((one) => !one.locked && one.alternatives.length > 0 && one.status !== 'rejected');
    const successor = item.alternatives[0];
    await t.app.deps.postgres.asSystem(async (tx) => {
      await tx
        .updateTable('products')
        .set({ status: 'discontinued', successor_sku: successor.sku })
        .where('id', '=', item.product.id)
        .execute();
    });
    const warned = (await itemsNow()).filter((one) => one.product.id === item.product.id);
    for (const one of warned) {
      expect(one.warnings.map((warning: Item) => warning.code)).toContain('discontinued');
      expect(one.successor).toMatchObject({ product_id: successor.product_id, sku: successor.sku });
    }
    const taken = await ada.post(`/recommendations/${recommendation.id}/bulk`, {
      scenario: 'balanced',
      action: 'take_successors',
      override_limits: true,
    });
    expect(taken.status).toBe(200);
    expect(taken.body.changed).toBe(warned.length);
    expect((await itemsNow()).some((one) => one.product.id === item.product.id)).toBe(false);
    await ada.post(`/recommendations/${recommendation.id}/changes/${taken.body.effect.change_id}/undo`);
    expect((await itemsNow()).filter((one) => one.product.id === item.product.id)).toHaveLength(
      warned.length,
    );
    await t.app.deps.postgres.asSystem(async (tx) => {
      await tx
        .updateTable('products')
        .set({ status: 'active', successor_sku: null })
        .where('id', '=', item.product.id)
        .execute();
    });
  });
});

describe('a product that comes too late', () => {
  it('is swapped for one that comes in time, in all rooms at once, and taken back', async () => {
    const items = await itemsNow();
    const item = items.find((one) => !one.locked && one.alternatives.length > 0 && one.status !== 'rejected');
    const other = item.alternatives[0];
    const leads = async (days: number, most: number | null) => {
      await t.app.deps.postgres.asSystem(async (tx) => {
        const { specifications, lead_time_days } = await tx
          .selectFrom('products')
          .select(['specifications', 'lead_time_days'])
          .where('id', '=', item.product.id)
          .executeTakeFirstOrThrow();
        kept ??= lead_time_days;
        await tx
          .updateTable('products')
          .set({ lead_time_days: days })
          .where('id', '=', item.product.id)
          .execute();
        // Of the same size, so that it may stand instead.
        await tx
          .updateTable('products')
          .set({ specifications: JSON.stringify(specifications), moq: 1, lead_time_days: 5 })
          .where('id', '=', other.product_id)
          .execute();
        const { requirements } = await tx
          .selectFrom('projects')
          .select('requirements')
          .where('id', '=', project)
          .executeTakeFirstOrThrow();
        const { max_lead_time_days: _before, ...rest } = (requirements ?? {}) as Record<string, unknown>;
        const stated = most === null ? rest : { ...rest, max_lead_time_days: most };
        await tx
          .updateTable('projects')
          .set({ requirements: JSON.stringify(stated) })
          .where('id', '=', project)
          .execute();
      });
    };
    let kept: number | null = null;
    const late = (list: Item[]) =>
      list.filter((one) => one.warnings.some((warning: Item) => warning.code === 'late'));
    await leads(900, 800);
    const warned = late(await itemsNow());
    expect(warned.length).toBeGreaterThan(0);
    expect(warned.every((one) => one.product.id === item.product.id)).toBe(true);
    const taken = await ada.post(`/recommendations/${recommendation.id}/bulk`, {
      scenario: 'balanced',
      action: 'take_sooner',
      override_limits: true,
    });
    expect(taken.status).toBe(200);
    expect(taken.body.changed).toBe(warned.length);
    const after = await itemsNow();
    expect(late(after)).toEqual([]);
    expect(after.find((one) => one.id === item.id).product.lead_time_days).toBeLessThanOrEqual(800);
    await ada.post(`/recommendations/${recommendation.id}/changes/${taken.body.effect.change_id}/undo`);
    expect(late(await itemsNow())).toHaveLength(warned.length);
    await leads(kept ?? 14, null);
    const nothing = await ada.post(`/recommendations/${recommendation.id}/bulk`, {
      scenario: 'balanced',
      action: 'take_sooner',
    });
    expect(nothing.body).toMatchObject({ changed: 0, skipped: [] });
  });
});

describe('rooms of a kind', () => {
  it('are accepted alike: the room, and what the same product meets in rooms of its type', async () => {
    const items = await itemsNow();
    const rooms = Map.groupBy(items, (item) => item.space_id);
    const [space_id, own] = [...rooms].find(([id]) => id !== null) as [string, Item[]];
    const done = await ada.post(`/recommendations/${recommendation.id}/bulk`, {
      scenario: 'balanced',
      space_id,
      action: 'accept_like',
    });
    expect(done.status).toBe(200);
    const after = await itemsNow();
    const room = after.filter((item) => item.space_id === space_id && item.status !== 'rejected');
    expect(room.every((item) => item.status === 'accepted')).toBe(true);
    const products = new Set(own.map((item) => item.product.id));
    for (const item of after)
      if (item.status === 'accepted' && item.need.kind !== 'hand')
        expect(products.has(item.product.id)).toBe(true);
  });
});

describe('limits that cannot be kept', () => {
  it('are relaxed by what was offered, and the recommendation says so', async () => {
    const refused = (
      await ada.post(`/projects/${project}/recommendations`, { constraints: { max_total: 500 } })
    ).body;
    expect(refused.summary.state).toBe('infeasible');
    const [way] = refused.infeasibility.relaxations;
    expect(way.limits[0]).toMatchObject({ kind: 'budget', from: '$500' });
    const again = (
      await ada.post(`/projects/${project}/recommendations`, {
        constraints: refused.input_parameters.constraints,
        relax: way.relief,
      })
    ).body;
    expect(again.summary.state, JSON.stringify([refused.infeasibility, again.infeasibility])).toBe('ready');
    expect(again.infeasibility).toBeNull();
    for (const scenario of again.scenarios)
      expect(scenario.total_cost).toBeLessThanOrEqual(way.relief.max_total);
    expect(again.notes.join(' ')).toMatch(/set wider.*total up to/);
    recommendation = again;
  });
});

describe('a credit that is missed', () => {
  it('says which swaps bring it nearer, and a swap made from there does', async () => {
    const scenario = (await read()).scenarios.find((one: Item) => one.type === 'balanced');
    const path = `/budget-scenarios/${scenario.id}/credits/leed_v4_1_low_emitting_furniture/swaps`;
    const { body, status } = await ada.get(path);
    expect(status).toBe(200);
    if (!body.before.passed && body.swaps.length > 0) {
      const [swap] = body.swaps;
      const done = await ada.patch(`/recommendations/${swap.recommendation_id}/items/${swap.item_id}`, {
        product_id: swap.to.product_id,
        override_limits: true,
        if_no_place: 'fit',
      });
      expect(done.status).toBe(200);
      const after = (await ada.get(path)).body;
      expect(after.before.measures[0].value).toBeGreaterThan(body.before.measures[0].value);
    }
    expect((await eve.get(path)).status).toBe(404);
    expect((await ada.get(path.replace('furniture', 'fruit'))).status).toBe(404);
  });
});

describe('another tenant', () => {
  it('can neither add to a bill nor take its successors', async () => {
    const { space_id, product } = await additionFor();
    const add = await eve.post(`/recommendations/${recommendation.id}/items`, {
      product_id: product.id,
      space_id,
    });
    expect(add.status).toBe(404);
    const bulk = await eve.post(`/recommendations/${recommendation.id}/bulk`, { action: 'take_successors' });
    expect(bulk.status).toBe(404);
    const foreign = await ada.post(`/recommendations/${recommendation.id}/items`, {
      product_id: product.id,
      space_id: crypto.randomUUID(),
    });
    expect(foreign.status).toBe(404);
  });
});
