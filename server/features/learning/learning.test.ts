import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { samplePlanDxf } from '../../../engine/plan/generator/sample.ts';
import { openTestApp, type Person, type TestApp, until } from '../../../test/harness/app.ts';

let t: TestApp;
let admin: Person;
let ada: Person;
let eve: Person;
let project: string;
// biome-ignore lint/suspicious/noExplicitAny: the answer of the API as it comes
let first: any;

const asSystem = <T>(run: Parameters<typeof t.app.deps.postgres.asSystem<T>>[0]) =>
  t.app.deps.postgres.asSystem(run);

beforeAll(async () => {
  t = await openTestApp();
  admin = await t.join('Admin');
  ada = await t.join('Ada');
  eve = await t.join('Eve');
  await t.app.features.catalog.seedGenerated({ seed: 3 });
  project = (await ada.post('/projects', { name: 'Teach me' })).body.id;
  const plan = await ada.upload(`/projects/${project}/floor-plans`, 'plan.dxf', samplePlanDxf(4711));
  await until(
    () => ada.get(`/floor-plans/${plan.body.id}`),
    (answer) => answer.body.status === 'analyzed',
  );
  const conversation = await ada.post(`/projects/${project}/conversations`);
  await ada.post(`/conversations/${conversation.body.id}/messages`, {
    content: 'We need 12 workstations with ergonomic chairs and a modern style.',
  });
  first = (await ada.post(`/projects/${project}/recommendations`, {})).body;
}, 120_000);
afterAll(() => t.close());

const collect = () => t.app.features.learning.collect();
const rows = async () =>
  await asSystem((tx) =>
    tx.selectFrom('ml_training_data').selectAll().orderBy('decided_at').orderBy('dedupe_key').execute(),
  );
// biome-ignore lint/suspicious/noExplicitAny: stored documents
const inputOf = (row: { input_features: unknown }) => row.input_features as any;
// biome-ignore lint/suspicious/noExplicitAny: stored documents
const labelOf = (row: { output_labels: unknown }) => row.output_labels as any;

describe('what people decide', () => {
  it('becomes rows with the features of the moment it was offered, once', async () => {
    const [one, two, three] = first.items.filter(
      (item: { alternatives: unknown[] }) => item.alternatives.length > 1,
    );
    const path = `/recommendations/${first.id}`;
    expect((await ada.patch(`${path}/items/${one.id}`, { status: 'accepted' })).status).toBe(200);
    await ada.patch(`${path}/items/${two.id}`, {
      status: 'rejected',
      reason: 'too bulky',
      categories: ['wrong_style'],
    });
    const other = three.alternatives[1];
    const swap = await ada.patch(`${path}/items/${three.id}`, {
      product_id: other.product_id,
      if_no_place: 'fit',
      override_limits: true,
    });
    expect(swap.status).toBe(200);
    await ada.patch(`${path}/items/${one.id}`, { locked: true });
    await ada.patch(path, { user_rating: 5 });
    const balanced = first.scenarios.find((each: { type: string }) => each.type === 'balanced');
    await ada.post(`/budget-scenarios/${balanced.id}/select`);
    // Prices of today are others by the time the feedback is read; the rows keep those of the offer.
    await asSystem((tx) => sql`update products set list_price = list_price * 3`.execute(tx));
    expect(await collect()).toBeGreaterThan(5);
    expect(await collect()).toBe(0);
    await asSystem((tx) => sql`update products set list_price = list_price / 3`.execute(tx));
    const made = await rows();
    const events = new Set(made.map((row) => labelOf(row).event));
    for (const event of ['acceptance', 'rejection', 'swap', 'skipped', 'lock', 'rating', 'scenario'])
      expect(events).toContain(event);
    const swapped = made.find((row) => labelOf(row).event === 'swap');
    expect(inputOf(swapped!)).toMatchObject({
      kind: 'pair',
      product_id: other.product_id,
      against_product_id: three.product.id,
      position: 2,
      propensity: 0.5,
    });
    const refused = made.find((row) => labelOf(row).event === 'rejection');
    expect(labelOf(refused!)).toMatchObject({ label: 0, categories: ['wrong_style'] });
    const accepted = inputOf(made.find((row) => labelOf(row).event === 'acceptance')!);
    expect(accepted).toMatchObject({ position: 0, product_id: one.product.id, styles: ['modern'] });
    expect(Object.keys(accepted.features.numeric)).toHaveLength(8);
    expect(accepted.features.terms.some((term: string) => term.startsWith('brand:'))).toBe(true);
    expect(accepted.alternatives_shown).toBe(one.alternatives.length);
    for (const row of made) {
      expect(row.organization_id).toBe(ada.organization_id);
      expect(JSON.stringify(row)).not.toContain(ada.user_id);
    }
  });

  it('goes when its decision is taken back, collected or not, and what was decided before counts again', async () => {
    const made = (await ada.post(`/projects/${project}/recommendations`, {})).body;
    const path = `/recommendations/${made.id}`;
    const items = made.items.filter((item: { alternatives: unknown[] }) => item.alternatives.length > 1);
    const keys = async () => (await rows()).map((row) => row.id).sort();
    const swap = (item: (typeof items)[number]) =>
      ada.patch(`${path}/items/${item.id}`, {
        product_id: item.alternatives[1].product_id,
        if_no_place: 'fit',
        override_limits: true,
      });
    // Some alternatives are too large for their room.
    let one = items[0];
    let swapped = await swap(one);
    for (let i = 1; swapped.status !== 200 && i < items.length; i++) {
      one = items[i];
      swapped = await swap(one);
    }
    expect(swapped.body.effect.change_id).not.toBeNull();
    const [two, three, four] = items.filter((item: { id: string }) => item.id !== one.id);
    await ada.patch(`${path}/items/${two.id}`, { status: 'accepted', locked: true });
    await collect();
    const before = await keys();
    // Each of another kind: undone as a change, set back, unlocked.
    await ada.patch(`${path}/items/${three.id}`, { status: 'accepted' });
    await ada.patch(`${path}/items/${four.id}`, { locked: true });
    const refused = await ada.patch(`${path}/items/${two.id}`, { status: 'rejected' });
    expect(await collect()).toBe(3);
    expect((await keys()).length).toBe(before.length + 3);
    await ada.patch(`${path}/items/${three.id}`, { status: 'proposed' });
    await ada.patch(`${path}/items/${four.id}`, { locked: false });
    const undo = (change: string) => ada.post(`${path}/changes/${change}/undo`);
    expect((await undo(refused.body.effect.change_id)).status).toBe(200);
    expect(await keys()).toEqual(before);
    expect((await undo(swapped.body.effect.change_id)).status).toBe(200);
    const left = (await rows()).filter((row) => before.includes(row.id));
    expect(left.length).toBeLessThan(before.length);
    expect(
      left.some(
        (row) => labelOf(row).event === 'swap' && inputOf(row).product_id === one.alternatives[1].product_id,
      ),
    ).toBe(false);
    // Taken back before anybody collected it.
    const late = await ada.patch(`${path}/items/${one.id}`, { status: 'rejected' });
    await undo(late.body.effect.change_id);
    expect(await collect()).toBe(0);
    expect(await keys()).toEqual(left.map((row) => row.id).sort());
  });

  it('cannot be rewritten, and strange details harm nobody', async () => {
    await expect(
      asSystem((tx) =>
        tx
          .updateTable('ml_training_data')
          .set({ output_labels: JSON.stringify({ label: 1 }) })
          .execute(),
      ),
    ).rejects.toThrow('only added to');
    const answer = await ada.post(`/recommendations/${first.id}/feedback`, {
      feedback_type: 'modification',
      recommendation_item_id: first.items[0].id,
      modification_details: { from: { product_id: 'none' }, to: 7, kind: 'lock', product_id: "' or 1=1" },
    });
    expect(answer.status).toBe(201);
    await collect();
    const waiting = await asSystem((tx) =>
      tx.selectFrom('recommendation_feedback').select('id').where('collected_at', 'is', null).execute(),
    );
    expect(waiting).toEqual([]);
  });
});

const begun = Date.now();

/** Rows as the collecting job writes them, of organizations that all like one brand and leave another. */
async function teach(
  organizations: readonly string[],
  each: number,
  likes: string,
  leaves: string,
  day: number,
) {
  const template = inputOf((await rows()).find((row) => labelOf(row).event === 'acceptance')!);
  const made = organizations.flatMap((organization_id, o) =>
    Array.from({ length: each }, (_, at) => {
      const liked = at % 2 === 0;
      return {
        source_type: 'synthetic',
        model_type: 'recommendation',
        organization_id,
        dedupe_key: `test:${day}:${organization_id}:${at}`,
        subject_key: `test:${day}:${at}`,
        decided_at: new Date(begun + day * 3_600_000 + at * 1000 + o).toISOString(),
        input_features: JSON.stringify({
          ...template,
          features: { ...template.features, terms: [`brand:${liked ? likes : leaves}`] },
        }),
        output_labels: JSON.stringify({
          event: liked ? 'acceptance' : 'rejection',
          label: liked ? 1 : 0,
          weight: 1,
          categories: [],
        }),
      };
    }),
  );
  for (let i = 0; i < made.length; i += 200)
    await asSystem((tx) =>
      tx
        .insertInto('ml_training_data')
        .values(made.slice(i, i + 200))
        .execute(),
    );
}

const overview = async () => (await admin.get('/admin/ranking-models')).body;
const brandsOffered = async () => {
  const found = await ada.get(`/recommendations/${first.id}`);
  const brands = new Map<string, number>();
  for (const item of found.body.items)
    for (const one of [item.product]) brands.set(one.brand, (brands.get(one.brand) ?? 0) + 1);
  return [...brands].sort((a, b) => a[1] - b[1]);
};

describe('a ranking model', () => {
  let people: Person[];

  it('goes live by the stated margin, is used, named and explained; opting out gives the fixed ranking again', async () => {
    people = await Promise.all(['Bo', 'Cy', 'Di', 'Ed', 'Flo'].map((name) => t.join(name)));
    const brands = await brandsOffered();
    const [likes, leaves] = [brands[0]![0].toLowerCase(), brands.at(-1)![0].toLowerCase()];
    await teach(
      [ada, ...people].map((one) => one.organization_id),
      80,
      likes,
      leaves,
      5,
    );
    const started = await admin.post('/admin/ranking-models/train');
    expect(started.status).toBe(202);
    await until(
      () => admin.get('/admin/ranking-models'),
      (answer) => answer.body.runs[0].status === 'done' || answer.body.runs[0].status === 'failed',
    );
    const { models, runs, drift } = await overview();
    expect(runs[0].note).toContain('better than the fixed ranking');
    expect(models[0]).toMatchObject({ status: 'live', organizations: 6 });
    expect(models[0].comparison.candidate.log_loss).toBeLessThan(models[0].comparison.live.log_loss - 0.01);
    expect(models[0].moved.map((one: { feature: string }) => one.feature)).toContain(`brand:${likes}`);
    expect(drift.rows).toBeGreaterThan(400);

    const taught = (await ada.post(`/projects/${project}/recommendations`, {})).body;
    expect(taught.model_version).toBe(`furniture-choice-1-${models[0].version}`);
    const share = (one: { items: { product: { brand: string | null } }[] }, brand: string) =>
      one.items.filter((item) => item.product.brand?.toLowerCase() === brand).length / one.items.length;
    expect(share(taught, likes)).toBeGreaterThan(share(first, likes));
    expect(share(taught, leaves)).toBeLessThanOrEqual(share(first, leaves));
    const explained = taught.items.filter((item: { reasoning: string }) =>
      /Your organization has .* which raised it from rank \d+\./.test(item.reasoning),
    );
    expect(explained.length).toBeGreaterThan(0);
    const metrics = await asSystem((tx) =>
      tx
        .selectFrom('ai_model_metrics')
        .select(['task_type', 'confidence_score'])
        .where('model_name', '=', 'preference-ranking')
        .execute(),
    );
    expect(metrics.map((one) => one.task_type).sort()).toEqual(['ranking', 'ranking_training']);
    for (const { confidence_score } of metrics) {
      expect(confidence_score).toBeGreaterThan(0);
      expect(confidence_score).toBeLessThanOrEqual(1);
    }

    const settings = await ada.get(`/organizations/${ada.organization_id}/learning`);
    expect(settings.body).toMatchObject({ use_learned: true, share: true, own_ranking: true });
    expect(settings.body.learned[0].sentence).toMatch(/^Leans (to|away from) /);
    expect(settings.body.weight_pct).toBeLessThanOrEqual(25);
    const off = await ada.patch(`/organizations/${ada.organization_id}/learning`, { use_learned: false });
    expect(off.body).toMatchObject({ use_learned: false, model_version: null, own_ranking: false });
    const fixed = (await ada.post(`/projects/${project}/recommendations`, {})).body;
    expect(fixed.model_version).toBe('furniture-choice-1');
    expect(fixed.items.some((item: { reasoning: string }) => item.reasoning.includes('raised it'))).toBe(
      false,
    );
    expect(await t.app.features.learning.liveModel(ada.organization_id)).toBeNull();
    await ada.patch(`/organizations/${ada.organization_id}/learning`, { use_learned: true });
  }, 120_000);

  it('is trained on nothing new without new decisions, and not promoted on mere chance', async () => {
    expect((await t.app.features.learning.trainNow()).note).toContain('No decision is new');
    const before = (await overview()).models[0];
    await teach(
      people.map((one) => one.organization_id),
      2,
      'nobody',
      'nothing',
      6,
    );
    const run = await t.app.features.learning.trainNow();
    expect(run.note).toContain('50 are needed');
    const { models } = await overview();
    expect(models[0]).toMatchObject({ status: 'rejected', may_go_live: false });
    expect(models.find((one: { status: string }) => one.status === 'live').id).toBe(before.id);
  });

  it('is replaced by a better one and rolled back in one step', async () => {
    const { models: before } = await overview();
    const old = before.find((one: { status: string }) => one.status === 'live');
    await teach(
      people.map((one) => one.organization_id),
      60,
      'lately liked',
      'lately left',
      8,
    );
    expect((await t.app.features.learning.trainNow()).note).toContain(`better than ${old.version}`);
    const retired = (await overview()).models.find((one: { id: string }) => one.id === old.id);
    expect(retired).toMatchObject({ status: 'retired', may_go_live: true });
    const back = await admin.post(`/admin/ranking-models/${old.id}/promote`);
    expect(back.body).toMatchObject({ id: old.id, status: 'live' });
    const live = (await overview()).models.filter((one: { status: string }) => one.status === 'live');
    expect(live.map((one: { id: string }) => one.id)).toEqual([old.id]);
    const refused = (await overview()).models.find((one: { status: string }) => one.status === 'rejected');
    expect((await admin.post(`/admin/ranking-models/${refused.id}/promote`)).status).toBe(409);
  });

  it('goes out of use at once when an organization no longer shares, and comes back without its decisions', async () => {
    const [bo] = people as [Person];
    const answer = await bo.patch(`/organizations/${bo.organization_id}/learning`, { share: false });
    expect(answer.status).toBe(200);
    const done = await until(
      () => admin.get('/admin/ranking-models'),
      ({ body }) => body.runs[0].reason === 'withdrawal' && body.runs[0].status === 'done',
    );
    const live = done.body.models.find((one: { status: string }) => one.status === 'live');
    expect(live.decision).toContain('no longer shares');
    const stored = await asSystem((tx) =>
      tx.selectFrom('ranking_models').select(['shared_from', 'status', 'parameters']).execute(),
    );
    for (const model of stored.filter((one) => one.shared_from.includes(bo.organization_id)))
      expect(model).toMatchObject({ status: 'withdrawn', parameters: {} });
    const listed = await admin.get('/admin/training-data?limit=200');
    expect(
      listed.body.items.some(
        (row: { organization_id: string }) => row.organization_id === bo.organization_id,
      ),
    ).toBe(false);
    for (const model of done.body.models.filter((one: { status: string }) => one.status === 'withdrawn'))
      expect((await admin.post(`/admin/ranking-models/${model.id}/promote`)).status).toBe(409);
  });
});

describe('training data', () => {
  it('is confirmed or excluded by an administrator; excluded rows train nothing', async () => {
    const page = await admin.get('/admin/training-data?limit=2');
    expect(page.body.items).toHaveLength(2);
    expect(page.body.next_cursor).not.toBeNull();
    const [row, other] = page.body.items;
    const kept = await admin.post(`/admin/training-data/${row.id}/verify`, { decision: 'confirm' });
    expect(kept.body).toMatchObject({ state: 'confirmed', excluded_reason: null });
    const short = await admin.post(`/admin/training-data/${other.id}/verify`, { decision: 'exclude' });
    expect(short.status).toBe(400);
    const out = await admin.post(`/admin/training-data/${other.id}/verify`, {
      decision: 'exclude',
      reason: 'clicked by mistake',
    });
    expect(out.body).toMatchObject({ state: 'excluded', excluded_reason: 'clicked by mistake' });
    const counts = (await admin.get('/admin/training-data/counts')).body;
    expect(counts).toMatchObject({ confirmed: 1, excluded: 1 });
    const excluded = await admin.get('/admin/training-data?state=excluded');
    expect(excluded.body.items.map((one: { id: string }) => one.id)).toEqual([other.id]);
    await t.app.features.learning.trainNow();
    const stored = await rows();
    const used = stored.find((one) => one.id === other.id)!;
    const model = (await overview()).models[0];
    expect(model.rows).toBeLessThan(stored.length);
    expect(used.verified).toBe(false);
  });
});

describe('an organization that switches everything off', () => {
  it('leaves no row and no offer behind, whatever it decides', async () => {
    const path = `/organizations/${ada.organization_id}/learning`;
    await ada.patch(path, { use_learned: false, share: false });
    const before = (await rows()).length;
    const item = first.items.at(-1);
    const decided = await ada.patch(`/recommendations/${first.id}/items/${item.id}`, { status: 'accepted' });
    expect(decided.status).toBe(200);
    expect(await collect()).toBe(0);
    await ada.patch(path, { use_learned: true, share: true });
    expect(await collect()).toBe(0);
    expect((await rows()).length).toBe(before);
  });
});

describe('other tenants', () => {
  it('read and change nothing: 404 for their organizations, no rows behind row security', async () => {
    expect((await eve.get(`/organizations/${ada.organization_id}/learning`)).status).toBe(404);
    expect((await eve.patch(`/organizations/${ada.organization_id}/learning`, { share: false })).status).toBe(
      404,
    );
    for (const path of ['/admin/ranking-models', '/admin/training-data', '/admin/training-data/counts'])
      expect((await eve.get(path)).status).toBe(403);
    expect((await eve.post('/admin/ranking-models/train')).status).toBe(403);
    const seen = await t.app.deps.postgres.withContext({ user_id: eve.user_id }, async (tx) => ({
      rows: await tx.selectFrom('ml_training_data').select('id').execute(),
      posteriors: await tx.selectFrom('ranking_posteriors').select('model_id').execute(),
      consents: await tx.selectFrom('organization_learning').select('organization_id').execute(),
      ranking: (await sql`select app_live_ranking(${project}::uuid) as found`.execute(tx)).rows,
    }));
    expect(seen).toEqual({ rows: [], posteriors: [], consents: [], ranking: [{ found: null }] });
    for (const table of ['ranking_models', 'ranking_impressions', 'ranking_runs'])
      await expect(
        t.app.deps.postgres.withContext({ user_id: ada.user_id }, (tx) =>
          sql`select 1 from ${sql.table(table)}`.execute(tx),
        ),
      ).rejects.toThrow('permission denied');
    const own = await t.app.deps.postgres.withContext({ user_id: ada.user_id }, async (tx) =>
      tx.selectFrom('ml_training_data').select('organization_id').distinct().execute(),
    );
    expect(own).toEqual([{ organization_id: ada.organization_id }]);
  });
});
