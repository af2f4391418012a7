// Every operation of the live OpenAPI document, called as everybody: who lacks what `x-permission` names is refused, who
// has it is not, by the one table of permissions. A new operation takes part by itself; a new kind of id in a path, or an
// operation that declares no permission, fails here until it is told.
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type ORGANIZATION_PERMISSIONS,
  ORGANIZATION_ROLES,
  type OrganizationRole,
  organizationRoleMay,
  PROJECT_PERMISSIONS,
  PROJECT_ROLE_OF_ORGANIZATION_ROLE,
  type ProjectRole,
  projectRoleMay,
} from '../../contract/permissions.ts';
import { samplePlanDxf } from '../../engine/plan/generator/sample.ts';
import { openTestApp, type Person, type TestApp } from '../harness/app.ts';
import { generateCatalogLines } from '../harness/catalogue.ts';
import { minimal, type Operation, operationsOf, uuidFields } from '../security/openapi.ts';
import { administer } from './administration.ts';
import { operationsThatTellCosts } from './costs.ts';
import {
  ANOTHER,
  BODIES,
  KNOWN_REFUSALS,
  LATE,
  NOT_FOREIGN,
  OWN,
  SHARED_IDS,
  THROW_AWAY,
} from './operations.data.ts';
import {
  castOf,
  type Fixtures,
  furnish,
  furnishLightly,
  importProducts,
  picture,
  type Role,
} from './world.ts';

let t: TestApp;
let cast: Record<Role, Person>;
let own: Fixtures;
let foreign: Fixtures;
let operations: Operation[];
let order: string;
let image: Buffer;
let erasable: Person;
const cookies = new Map<string, string>();

beforeAll(async () => {
  t = await openTestApp();
  cast = await castOf(t);
  await importProducts(cast.platform_admin);
  own = await furnish(cast.owner, cast.commenter, cast.platform_admin);
  const bystander = await joinedBystander();
  const administered = await administer(t, cast.platform_admin, cast.owner, own);
  Object.assign(own, administered.fixtures);
  erasable = administered.erasable;
  foreign = await furnishLightly(t, cast.other_tenant);
  for (const [role, person] of [
    ['editor', cast.editor],
    ['viewer', bystander],
    ['viewer', cast.viewer],
    ['viewer', cast.suspended],
  ] as const)
    await cast.owner.post(`/projects/${own['projects/{id}']}/collaborators`, { email: person.email, role });
  await cast.platform_admin.post(`/admin/users/${cast.suspended.user_id}/suspend`);
  operations = operationsOf((await t.anonymous.get('/api/openapi.json')).body);
  // What the calls below queue stays queued: they are about who may, not about the work.
  await t.app.deps.jobs.stop(0);
  order = 'SF=Order\nPN=UNKNOWN-1\nQT=1\n';
  image = await picture();
}, 300_000);
afterAll(() => t.close());

/** Somebody on the project and in the organization who calls nothing: whom others change or remove. */
async function joinedBystander(): Promise<Person> {
  const bystander = await t.join('Bystander');
  await t.app.deps.postgres.asSystem((tx) =>
    tx
      .insertInto('organization_members')
      .values({ organization_id: cast.owner.organization_id, user_id: bystander.user_id, role: 'viewer' })
      .execute(),
  );
  own['collaborators/{user_id}'] = bystander.user_id;
  own['members/{user_id}'] = bystander.user_id;
  return bystander;
}

const organizationRoles: Partial<Record<Role, OrganizationRole>> = {
  owner: 'owner',
  organization_admin: 'admin',
  organization_member: 'member',
  organization_viewer: 'viewer',
};
const collaborators: Partial<Record<Role, ProjectRole>> = {
  owner: 'owner',
  editor: 'editor',
  commenter: 'commenter',
  viewer: 'viewer',
};

/** Role on the owner's project: as collaborator, or through the organization. */
function projectRole(who: Role): ProjectRole | null {
  const inOrganization = organizationRoles[who];
  return (
    collaborators[who] ??
    (inOrganization === undefined ? null : PROJECT_ROLE_OF_ORGANIZATION_ROLE[inOrganization])
  );
}

/** 'may', or the statuses that refuse. */
function expected(operation: Operation, who: Role): 'may' | number[] {
  const { permission } = operation;
  if (permission === 'public') return 'may';
  if (who === 'suspended') return [401];
  if (permission === 'signed_in')
    return OWN.has(idsOf(operation)[0] ?? '') && who !== 'owner' ? [404] : 'may';
  if (permission === 'platform:admin') return who === 'platform_admin' ? 'may' : [403];
  if (permission !== undefined && permission in PROJECT_PERMISSIONS) {
    const role = projectRole(who);
    if (role === null) return [404];
    return projectRoleMay(role, permission as keyof typeof PROJECT_PERMISSIONS) ? 'may' : [403, 404];
  }
  const role = organizationRoles[who];
  if (role === undefined) return [404];
  return organizationRoleMay(role, permission as keyof typeof ORGANIZATION_PERMISSIONS)
    ? 'may'
    : idsOf(operation)[0] === 'organizations/{id}'
      ? [403]
      : [403, 404];
}

/** 'projects/{id}', 'versions/{n}': what the parameters of a path stand for. */
function idsOf({ path }: Operation): string[] {
  return [...path.matchAll(/([\w-]+)\/(\{\w+\})/g)].map((match) => `${match[1]}/${match[2]}`);
}

function addressOf(
  operation: Operation,
  pick: (kind: string, index: number) => string | undefined = (kind) => own[ANOTHER[operation.key] ?? kind],
): string {
  const kinds = idsOf(operation);
  let index = 0;
  const path = operation.path.replace(/\{\w+\}/g, () => {
    const kind = kinds[index] ?? '';
    const value = pick(kind, index);
    index += 1;
    if (value === undefined)
      throw new Error(`No fixture for ${kind} of ${operation.key}: add one to world.ts`);
    return encodeURIComponent(value);
  });
  const query = operation.parameters
    .filter((one) => one.in === 'query' && one.required === true)
    .map((one) => `${one.name}=${encodeURIComponent(String(minimal(one.schema ?? {})))}`);
  return query.length === 0 ? path : `${path}?${query.join('&')}`;
}

function bodyOf(operation: Operation): unknown {
  if (operation.body === undefined) return undefined;
  const told = BODIES[operation.key];
  return told === undefined ? minimal(operation.body) : told(own, cast, erasable);
}

function fileOf({ key }: Operation): [string, Uint8Array | string] {
  if (/floor-plans/.test(key)) return ['plan.dxf', samplePlanDxf(1)];
  if (/renders|logo/.test(key)) return ['picture.png', image];
  if (/catalog/.test(key)) return ['products.jsonl', generateCatalogLines(2)];
  if (/sif/.test(key)) return ['order.sif', order];
  return ['project.json', '{}'];
}

/** Sends as this person and keeps up with a session that is given a new token. */
async function send(operation: Operation, who: Person | undefined, url: string, body: unknown) {
  const cookie = who === undefined ? '' : (cookies.get(who.user_id) ?? who.cookie);
  const headers: Record<string, string> = cookie === '' ? {} : { cookie };
  let payload = body as object | undefined;
  if (operation.multipart) {
    const [name, bytes] = fileOf(operation);
    headers['content-type'] = 'multipart/form-data; boundary=part';
    payload = Buffer.concat([
      Buffer.from(`--part\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\n\r\n`),
      Buffer.from(bytes),
      Buffer.from('\r\n--part--\r\n'),
    ]);
  }
  const stream = operation.responses['200']?.content?.['text/event-stream'] !== undefined;
  if (operation.path.endsWith('/recommendations')) headers['prefer'] = 'respond-async';
  const answer = await t.server.inject({
    method: operation.method,
    url,
    headers,
    ...(payload === undefined ? {} : { payload }),
    ...(stream ? { signal: AbortSignal.timeout(300), payloadAsStream: true } : {}),
  });
  const given = /ofs_session=[^;]+/.exec(String(answer.headers['set-cookie'] ?? ''))?.[0];
  if (who !== undefined && given !== undefined) cookies.set(who.user_id, given);
  return answer;
}

const everybody = (): [Role, Person][] => Object.entries(cast) as [Role, Person][];
const guarded = () => operations.filter((one) => one.permission !== 'public');
/** Reading first, then what changes, last what ends something. */
const inOrder = () => [...guarded()].sort((a, b) => rank(a) - rank(b));
const rank = (one: Operation) =>
  one.method === 'GET'
    ? 0
    : LATE.includes(one.key)
      ? 3 + LATE.indexOf(one.key)
      : one.method === 'DELETE'
        ? 2
        : 1;

it('every operation declares the permission it asks', () => {
  const undeclared = operations.filter((one) => one.permission === undefined).map((one) => one.key);
  expect(undeclared).toEqual([]);
  expect(operations.length).toBeGreaterThan(240);
  expect(ORGANIZATION_ROLES.length).toBe(4);
});

it('every exception of this test is of an operation there is', () => {
  const keys = new Set(operations.map((one) => one.key));
  const told = [
    ...Object.keys(BODIES),
    ...LATE,
    ...THROW_AWAY,
    ...Object.keys(KNOWN_REFUSALS),
    ...NOT_FOREIGN.keys(),
  ];
  expect(told.filter((key) => !keys.has(key.split(' ').slice(0, 2).join(' ')))).toEqual([]);
});

describe('who lacks the permission', () => {
  it('is refused by every operation, and learns nothing of what others have', async () => {
    const wrong: string[] = [];
    let asked = 0;
    for (const operation of guarded()) {
      const url = addressOf(operation);
      const body = bodyOf(operation);
      const callers: [string, Person | undefined, 'may' | number[]][] = [
        ['anonymous', undefined, [401]],
        ...everybody().map(([role, person]): [string, Person, 'may' | number[]] => [
          role,
          person,
          expected(operation, role),
        ]),
      ];
      for (const [name, person, right] of callers) {
        if (right === 'may') continue;
        const answer = await send(operation, person, url, body);
        asked += 1;
        if (!right.includes(answer.statusCode))
          wrong.push(
            `${name}: ${operation.key} ${answer.statusCode}, not ${right} ${answer.body.slice(0, 150)}`,
          );
      }
    }
    expect(wrong).toEqual([]);
    expect(asked).toBeGreaterThan(1200);
  }, 300_000);

  it('is not helped by naming something of others under something of their own', async () => {
    const wrong: string[] = [];
    let asked = 0;
    for (const operation of guarded()) {
      const kinds = idsOf(operation);
      const first = kinds[0] ?? '';
      if (foreign[first] === undefined) continue;
      const swapped =
        kinds.length > 1 && /_id\}$/.test(kinds.at(-1) ?? '') && !SHARED_IDS.has(kinds.at(-1) ?? '');
      const inBody = uuidFields(operation.body).filter(
        (field) => !NOT_FOREIGN.has(`${operation.key} ${field}`),
      );
      const url = addressOf(operation, (kind, index) => (index === 0 ? foreign[kind] : own[kind]));
      const bodies = swapped ? [bodyOf(operation)] : inBody.map((field) => withForeign(operation, field));
      for (const body of bodies) {
        const answer = await send(operation, cast.other_tenant, url, body);
        asked += 1;
        if (answer.statusCode < 400 || answer.statusCode >= 500 || answer.statusCode === 401)
          wrong.push(
            `${operation.key} ${JSON.stringify(body)?.slice(0, 120)}: ${answer.statusCode} ${answer.body.slice(0, 200)}`,
          );
      }
    }
    expect(wrong).toEqual([]);
    expect(asked).toBeGreaterThan(15);
  });
});

/** A body that is right but for one id, which is the owner's. */
function withForeign(operation: Operation, field: string): unknown {
  const body = structuredClone(
    (BODIES[operation.key]?.(foreign, cast) ?? minimal(operation.body ?? {})) as Record<string, unknown>,
  );
  const name = field.split(/[.[]/)[0] ?? '';
  const kind = /space/.test(field)
    ? 'spaces/{id}'
    : /project/.test(field)
      ? 'projects/{id}'
      : /scenario/.test(field)
        ? 'budget-scenarios/{id}'
        : /organization/.test(field)
          ? 'organizations/{id}'
          : /thread/.test(field)
            ? 'comments/{id}'
            : /item/.test(field)
              ? 'items/{item_id}'
              : 'projects/{id}';
  const id = /user/.test(field) ? cast.owner.user_id : (own[kind] ?? '');
  body[name] =
    field === 'subject.id' ? { type: 'space', id: own['spaces/{id}'] } : field.includes('[]') ? [id, id] : id;
  return body;
}

describe('what a dealer pays', () => {
  const told = (person: Person) =>
    operationsThatTellCosts(guarded(), async (operation) => {
      const answer = await send(operation, person, addressOf(operation), undefined);
      const json = /json/.test(String(answer.headers['content-type'] ?? ''));
      return json && answer.statusCode === 200 ? answer.json() : undefined;
    });
  const grant = (price_access: string) =>
    cast.platform_admin.patch(`/admin/organizations/${cast.owner.organization_id}`, { price_access });

  it('is told to the people of a dealer whom the maker has confirmed', async () => {
    const keys = [...(await told(cast.owner)).keys()];
    for (const key of [
      'get /products/{id}',
      'get /products/{id}/prices',
      'get /recommendations/{id}',
      'get /projects/{id}/budget-scenarios',
    ])
      expect(keys).toContain(key);
  });

  it('is told to nobody who only calls their organization a dealer, and no longer once the word is taken back', async () => {
    const file = `/exports/${own['dealer-exports/{id}']}/file`;
    expect((await cast.owner.get(file)).status).toBe(200);
    expect((await grant('list')).body).toMatchObject({ type: 'dealer', price_access: 'list' });
    expect(Object.fromEntries(await told(cast.owner))).toEqual({});
    expect((await cast.owner.get(file)).status).not.toBe(200);
    await grant('dealer');
    expect((await cast.owner.get(file)).status).toBe(200);
  });

  it('is told to no viewer of the dealer and to no guest of its project', async () => {
    for (const role of ['organization_viewer', 'editor'] as const)
      expect([role, Object.fromEntries(await told(cast[role]))]).toEqual([role, {}]);
  });

  it('is opened by nothing an organization says of itself', async () => {
    const { other_tenant: eve } = cast;
    const org = `/organizations/${eve.organization_id}`;
    for (const wish of [
      { type: 'ofs_internal' },
      { price_access: 'dealer' },
      { dealer_confirmed_at: '2026-01-01T00:00:00Z' },
    ])
      await eve.patch(org, wish);
    expect((await eve.patch(org, { type: 'dealer' })).body).toMatchObject({
      type: 'dealer',
      price_access: 'list',
    });
    const second = await eve.post('/organizations', { name: 'Eve Dealers', type: 'dealer' });
    expect(second.body.price_access).toBe('list');
    expect((await eve.get(`/products/${own['products/{id}']}`)).body.dealer_price).toBeUndefined();
    expect((await eve.patch(`/admin${org}`, { price_access: 'dealer' })).status).toBe(403);
    const asApp = (set: string) =>
      t.app.deps.postgres.withContext(eve, (tx) =>
        sql`update organizations set ${sql.raw(set)} where id = ${eve.organization_id}`.execute(tx),
      );
    await expect(asApp('dealer_confirmed_at = now()')).rejects.toThrow(/permission denied/);
    await expect(asApp("type = 'ofs_internal'")).rejects.toThrow(/only an administrator/);
  });
});

describe('who has the permission', () => {
  it('is let through by every operation, by the least role that may', async () => {
    const wrong: string[] = [];
    let done = 0;
    for (const operation of inOrder()) {
      const may = everybody().filter(([role]) => expected(operation, role) === 'may');
      const least = leastOf(may);
      if (least !== undefined) {
        const [role, person] = least;
        const caller = THROW_AWAY.includes(operation.key) ? await t.join('Passing') : person;
        const answer = await send(operation, caller, addressOf(operation), bodyOf(operation));
        const told = KNOWN_REFUSALS[operation.key];
        if (answer.statusCode < 400) done += 1;
        if (told?.statuses.includes(answer.statusCode)) continue;
        if (answer.statusCode >= 500 || [401, 403, 404].includes(answer.statusCode))
          wrong.push(`${role}: ${operation.key} ${answer.statusCode} ${String(answer.body).slice(0, 200)}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(done).toBeGreaterThan(180);
  }, 300_000);
});

const FROM_LEAST: readonly Role[] = [
  'viewer',
  'commenter',
  'editor',
  'organization_viewer',
  'organization_member',
  'organization_admin',
  'owner',
  'platform_admin',
];

/** Who just may. */
function leastOf(may: [Role, Person][]): [Role, Person] | undefined {
  return FROM_LEAST.flatMap((role) => may.filter(([one]) => one === role))[0];
}
