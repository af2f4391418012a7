// Cost and margin by role, over every route of these features and every export: what a client's side is answered holds neither
// a field that speaks of cost nor a figure of it. The routes are read from the server, so that a new one is walked too.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type Person, type TestApp, until } from '../../../test/harness/app.ts';

let t: TestApp;
let dealer: Person;
let client: Person;
let project: string;
// biome-ignore lint/suspicious/noExplicitAny: the answer of the API as it comes
let recommendation: any;
/** Costs that exist and that nothing else in the project amounts to, as they would be written. */
let secrets: string[] = [];

beforeAll(async () => {
  t = await openTestApp();
  await t.join('Root');
  dealer = await t.join('Dana');
  client = await t.join('Cleo');
  await t.app.deps.postgres.asSystem(async (tx) => {
    await tx
      .updateTable('organizations')
      .set({ type: 'dealer', dealer_confirmed_at: new Date() })
      .where('id', '=', dealer.organization_id)
      .execute();
    await tx
      .updateTable('organizations')
      .set({ type: 'corporate' })
      .where('id', '=', client.organization_id)
      .execute();
  });
  await t.app.features.catalog.seedGenerated({ seed: 14 });
  await dealer.patch(`/organizations/${dealer.organization_id}/buy-terms`, {
    rules: [{ name: 'House terms', buy_discount: '61.37/3.1' }],
  });
  project = (await dealer.post('/projects', { name: 'Costs', organization_id: dealer.organization_id })).body
    .id;
  await dealer.post(`/projects/${project}/collaborators`, { email: client.email, role: 'editor' });
  const conversation = await dealer.post(`/projects/${project}/conversations`);
  await dealer.post(`/conversations/${conversation.body.id}/messages`, {
    content: 'We need 6 desks and 1 meeting room.',
  });
  recommendation = (await dealer.post(`/projects/${project}/recommendations`, {})).body;
  const seen = (await dealer.get(`/recommendations/${recommendation.id}`)).body;
  secrets = seen.items
    .map((item: { internal?: { unit_cost: number | null } }) => item.internal?.unit_cost)
    .filter((cost: number | null | undefined) => typeof cost === 'number' && cost > 20 && cost % 1 !== 0)
    .map((cost: number) => String(cost));
}, 120_000);
afterAll(() => t.close());

/** Names that speak of what a dealer pays or earns; the all-in total and costs of moving are not. */
function costFields(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((one, at) => costFields(one, `${path}[${at}]`));
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, one]) => {
    const open = key === 'total_cost' || key.startsWith('move_cost');
    const here = !open && /cost|margin|markup|dealer|buy_|^internal$/i.test(key) ? [`${path}.${key}`] : [];
    return [...here, ...costFields(one, `${path}.${key}`)];
  });
}

/** Every GET route of the features that price something, with the ids of this project filled in. */
async function pathsToWalk(): Promise<string[]> {
  const { body } = await dealer.get('/api/openapi.json');
  const seen = (await dealer.get(`/recommendations/${recommendation.id}`)).body;
  const ids: Record<string, string> = {
    recommendations: recommendation.id,
    'budget-scenarios': seen.scenarios[0].id,
    projects: project,
    products: seen.items[0].product.id,
  };
  return Object.entries(body.paths as Record<string, { get?: unknown }>).flatMap(([path, verbs]) => {
    const area = /^\/api\/v1\/([a-z-]+)\/\{id\}/.exec(path)?.[1];
    if (!verbs.get || area === undefined || ids[area] === undefined) return [];
    const filled = path.replace('{id}', ids[area]).replace('{rule_id}', 'leed_v4_1_low_emitting_furniture');
    return filled.includes('{') || /events|stream|live/.test(filled) ? [] : [filled];
  });
}

describe('a client', () => {
  it('there is something to hide: the dealer sees costs', () => {
    expect(secrets.length).toBeGreaterThan(3);
  });

  it('is told neither cost nor margin by any route about the project', async () => {
    const paths = await pathsToWalk();
    for (const part of [
      '/recommendations/',
      '/budget-scenarios',
      '/terms',
      '/sustainability',
      '/arrangements',
    ])
      expect(
        paths.some((path) => path.includes(part)),
        part,
      ).toBe(true);
    for (const path of paths) {
      const answer = await client.get(path);
      if (answer.status !== 200) continue;
      expect(costFields(answer.body), path).toEqual([]);
      const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
      for (const secret of secrets)
        expect(
          new RegExp(`(?<![\\d.])${secret.replace('.', '\\.')}(?!\\d)`).test(text),
          `${path} ${secret}`,
        ).toBe(false);
    }
  }, 120_000);

  it('is told neither by what changes answer, nor what the dealer pays', async () => {
    const [item] = (await client.get(`/recommendations/${recommendation.id}`)).body.items;
    const changed = await client.patch(`/recommendations/${recommendation.id}/items/${item.id}`, {
      status: 'accepted',
    });
    expect(changed.status).toBe(200);
    expect(costFields(changed.body)).toEqual([]);
    const again = await client.post(`/recommendations/${recommendation.id}/reprice`);
    expect(again.status).toBe(200);
    expect(costFields(again.body)).toEqual([]);
    const terms = await client.get(`/organizations/${dealer.organization_id}/buy-terms`);
    expect(terms.status).toBe(404);
  });

  it('finds neither in any export that text can be read of', async () => {
    const read: string[] = [];
    for (const format of ['csv', 'sif', 'json']) {
      const started = await client.post(`/projects/${project}/exports`, { format });
      if (started.status >= 400) continue;
      const done = await until(
        () => client.get(`/exports/${started.body.id}`),
        (answer) => ['ready', 'failed'].includes(answer.body.status),
      );
      const file = await client.get(`/exports/${done.body.id}/file`);
      expect(file.status, format).toBe(200);
      read.push(format);
      const text = typeof file.body === 'string' ? file.body : JSON.stringify(file.body);
      expect(text, format).not.toMatch(/61\.37|\bmargin|unit_cost|buy_discount/i);
      for (const secret of secrets)
        expect(
          new RegExp(`(?<![\\d.])${secret.replace('.', '\\.')}(?!\\d)`).test(text),
          `${format} ${secret}`,
        ).toBe(false);
    }
    expect(read.length).toBeGreaterThan(1);
  }, 120_000);
});
