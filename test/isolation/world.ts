// Two tenants with one of everything that has an address of its own, and the cast that tries to reach it: the owner,
// people on the project, people in the organization, strangers. Every path parameter of the API finds its fixture here.
import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { samplePlanDxf } from '../../engine/plan/generator/sample.ts';
import { type Answer, type Person, type TestApp, until } from '../harness/app.ts';
import { generateCatalogLines } from '../harness/catalogue.ts';

/** What a tenant has: the value of `{name}` after the part of the path before it, "projects/{id}" for instance. */
export type Fixtures = Record<string, string>;

const BRIEF =
  'We are 20 people and need 16 workstations with standing desks and two meeting rooms. Up to $150k.';

export function good(answer: Answer, what: string): Answer {
  if (answer.status >= 300)
    throw new Error(`${what}: ${answer.status} ${JSON.stringify(answer.body).slice(0, 300)}`);
  return answer;
}

export const picture = async (): Promise<Buffer> =>
  await sharp({ create: { width: 64, height: 64, channels: 3, background: '#336699' } })
    .png()
    .toBuffer();

export async function importProducts(admin: Person): Promise<void> {
  good(await admin.upload('/catalog/imports', 'products.jsonl', generateCatalogLines(150)), 'catalogue');
}

/**
 * One of everything, made by `who` over HTTP alone. `commenter` is put on the project and writes the comment; `admin`
 * confirms the organization as a dealer of the maker's.
 */
export async function furnish(who: Person, commenter: Person, admin: Person): Promise<Fixtures> {
  const made = async (path: string, body: unknown = {}, what = path) =>
    good(await who.post(path, body), what).body;
  const org = `/organizations/${who.organization_id}`;
  good(await who.patch(org, { type: 'dealer' }), 'a dealer’s organization');
  good(await admin.patch(`/admin${org}`, { price_access: 'dealer' }), 'the maker’s word for it');
  const project = (await made('/projects', { name: 'The project', client: { name: 'Fictional Co' } })).id;
  const of = `/projects/${project}`;
  const plan = good(
    await who.upload(`${of}/floor-plans`, 'plan.dxf', samplePlanDxf(3 + Math.floor(Math.random() * 1e5))),
    'plan',
  ).body.id;
  const read = await until(
    () => who.get(`/floor-plans/${plan}`),
    (answer) => ['analyzed', 'failed'].includes(answer.body.status),
  );
  if (read.body.status !== 'analyzed') throw new Error(`The plan: ${read.body.processing_error}`);
  const space = (await who.get(`/floor-plans/${plan}/spaces`)).body.items[0].id;
  const conversation = (await made(`${of}/conversations`)).id;
  const said = await made(`/conversations/${conversation}/messages`, { content: BRIEF });
  await made(`${of}/recommendations`);
  const summary = await until(
    () => who.get(`${of}/recommendations`),
    (answer) => answer.body.items.length > 0,
  );
  const recommendation = summary.body.items[0].id;
  const shown = (await who.get(`/recommendations/${recommendation}`)).body;
  const scenarios = (await who.get(`${of}/budget-scenarios`)).body.items;
  const item = shown.items[0];
  const scenario = scenarios.find((one: { type: string }) => one.type === 'balanced').id;
  await made(`${of}/versions`, { change_summary: 'kept' });
  const changed = good(
    await who.patch(`/recommendations/${recommendation}/items/${item.id}`, {
      quantity: item.quantity + 1,
      if_no_place: 'fit',
      override_limits: true,
    }),
    'change',
  );
  const link = await made(`${of}/share-links`, {
    label: 'For the client',
    role: 'approver',
    downloads: true,
  });
  const exported = (await made(`${of}/exports`, { format: 'json' })).id;
  const sif = (await made(`${of}/exports`, { format: 'sif', scenario_id: scenario, audience: 'dealer' })).id;
  for (const id of [exported, sif])
    await until(
      () => who.get(`/exports/${id}`),
      (answer) => ['ready', 'failed'].includes(answer.body.status),
    );
  const order = good(
    await who.upload(`${of}/sif-imports`, 'order.sif', (await who.get(`/exports/${sif}/file`)).body),
    'order file',
  ).body.id;
  const render = good(await who.upload(`${of}/renders?name=View`, 'view.png', await picture()), 'picture')
    .body.id;
  const comment = await commentOf(who, project, commenter);
  const measured = JSON.stringify((await who.get(`${of}/sustainability`)).body);
  const credit = /"rule_id":"([^"]+)"/.exec(measured)?.[1] ?? 'unknown';
  const webhook = (
    await made(`${org}/webhooks`, { url: 'https://hooks.example.com/in', description: 'orders' })
  ).id;
  await made(`/webhooks/${webhook}/ping`);
  const delivery = (await who.get(`/webhooks/${webhook}/deliveries`)).body.items[0].id;
  const invitation = await made(`${org}/invitations`, { email: `${randomUUID()}@example.com` });
  const team = (await made(`${org}/teams`, { name: 'North', project_ids: [project] })).id;
  const grant = (
    await made(`${org}/grants`, {
      email: commenter.email,
      role: 'viewer',
      resource_type: 'project',
      resource_id: project,
    })
  ).id;
  const rule = (await who.get(`${org}/standards`)).body.rules?.[0]?.id ?? 'unknown';
  const copy = (await made('/auth/me/data-exports')).id;
  await made('/auth/login', { email: who.email, password: who.password });
  const sessions = (await who.get('/auth/sessions')).body.items;
  const product = (await who.get('/products?limit=1')).body.items[0].id;
  const ticket = (await made(`/products/${product}/model-links`)).url.split('/').at(-1).split('.')[0];
  return {
    'projects/{id}': project,
    'collaborators/{user_id}': commenter.user_id,
    'versions/{n}': '1',
    'comments/{id}': comment,
    'share-links/{id}': link.id,
    'shared/{token}': link.path.split('/').at(-1),
    'files/{export_id}': exported,
    'floor-plans/{id}': plan,
    'revisions/{revision}': '1',
    'spaces/{id}': space,
    'conversations/{id}': conversation,
    'messages/{message_id}': said.assistant_message.id,
    'actions/{index}': '0',
    'products/{id}': product,
    'product-models/{ticket}': ticket,
    'organizations/{id}': who.organization_id,
    'members/{user_id}': who.user_id,
    'invitations/{invitation_id}': invitation.id,
    'grants/{grant_id}': grant,
    'teams/{team_id}': team,
    'rules/{rule_id}': rule,
    'credits/{rule_id}': credit,
    'recommendations/{id}': recommendation,
    'items/{item_id}': item.id,
    'changes/{change_id}': changed.body.effect.change_id,
    'budget-scenarios/{id}': scenario,
    'exports/{id}': exported,
    'export-links/{id}': exported,
    'dealer-exports/{id}': sif,
    'sif-imports/{id}': order,
    'renders/{id}': render,
    'webhooks/{id}': webhook,
    'webhook-deliveries/{id}': delivery,
    'data-exports/{id}': copy,
    'sessions/{id}': sessions.find((one: { is_current: boolean }) => !one.is_current).id,
    'api-tokens/{id}': (await made('/api-tokens', { name: 'script', scopes: ['read'] })).id,
  };
}

/** What the other tenant has of their own, to be named together with the owner's ids. */
export async function furnishLightly(t: TestApp, who: Person): Promise<Fixtures> {
  const project = good(await who.post('/projects', { name: 'Elsewhere' }), 'project').body.id;
  const plan = await who.upload(`/projects/${project}/floor-plans`, 'plan.dxf', samplePlanDxf(2));
  const conversation = good(await who.post(`/projects/${project}/conversations`), 'conversation').body.id;
  const recommendation = await t.app.deps.postgres.asSystem((tx) =>
    tx
      .insertInto('recommendations')
      .values({ project_id: project })
      .returning('id')
      .executeTakeFirstOrThrow(),
  );
  return {
    'projects/{id}': project,
    'floor-plans/{id}': good(plan, 'plan').body.id,
    'conversations/{id}': conversation,
    'recommendations/{id}': recommendation.id,
    'organizations/{id}': who.organization_id,
  };
}

async function commentOf(who: Person, project: string, commenter: Person): Promise<string> {
  good(
    await who.post(`/projects/${project}/collaborators`, { email: commenter.email, role: 'commenter' }),
    'commenter',
  );
  return good(
    await commenter.post(`/projects/${project}/comments`, { body: 'Is this wide enough?' }),
    'comment',
  ).body.id;
}

export type Role =
  | 'owner'
  | 'editor'
  | 'commenter'
  | 'viewer'
  | 'organization_admin'
  | 'organization_member'
  | 'organization_viewer'
  | 'other_tenant'
  | 'suspended'
  | 'platform_admin';

/** Everybody, with what they may on the owner's project and organization already given. */
export async function castOf(t: TestApp): Promise<Record<Role, Person>> {
  const platform_admin = await t.join('Admin');
  const names = [
    'owner',
    'editor',
    'commenter',
    'viewer',
    'organization_admin',
    'organization_member',
    'organization_viewer',
    'other_tenant',
    'suspended',
  ] as const;
  const people: [Role, Person][] = [];
  for (const name of names) people.push([name, await t.join(name.replaceAll('_', ''))]);
  const cast = Object.fromEntries([...people, ['platform_admin', platform_admin]]) as Record<Role, Person>;
  await t.app.deps.postgres.asSystem((tx) =>
    tx
      .insertInto('organization_members')
      .values(
        (['admin', 'member', 'viewer'] as const).map((role) => ({
          organization_id: cast.owner.organization_id,
          user_id: cast[`organization_${role}`].user_id,
          role,
        })),
      )
      .execute(),
  );
  return cast;
}
