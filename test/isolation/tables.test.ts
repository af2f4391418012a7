// The catalogue of the live schema: every table that holds something of a tenant has row security, forced, policies for
// both roles and an index that serves its tenant's column; nothing is seen without a context, on any table; and the next
// user of a pooled connection sees nothing of the one before. A new table takes part by itself.
import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DB } from '../../server/platform/database.gen.ts';
import { openTestApp, type Person, type TestApp } from '../harness/app.ts';

/** What everybody signed in may read, or nobody but the system: without a tenant. Each with its reason. */
const WITHOUT_TENANT: ReadonlyMap<string, string> = new Map([
  ['products', 'the shared catalogue'],
  ['product_variants', 'the shared catalogue'],
  ['product_relationships', 'the shared catalogue'],
  ['product_prices', 'the shared catalogue: prices as they are listed'],
  ['catalog_imports', 'of administrators; no grant to ofs_app'],
  ['catalog_price_lists', 'of administrators'],
  ['catalog_statistics', 'counts of the shared catalogue'],
  ['schema_migrations', 'of the owner of the schema'],
]);

/** Read whole by the system alone, a row a month: no index by tenant is needed. */
const SMALL_SUMS = new Set(['conversation_insights']);

/** Columns that say whose a row is, the nearest first. */
const TENANT_COLUMNS = [
  'project_id',
  'organization_id',
  'user_id',
  'owner_id',
  'team_id',
  'recommendation_id',
  'conversation_id',
  'floor_plan_id',
  'endpoint_id',
  'webhook_id',
  'delivery_id',
  'scenario_id',
  'budget_scenario_id',
  'actor_id',
];

interface Table {
  name: string;
  enabled: boolean;
  forced: boolean;
  policies: string[];
  columns: string[];
  /** First columns of its indexes. */
  indexed: string[];
}

let t: TestApp;
let ada: Person;
let owner: Kysely<DB>;
let tables: Table[];

beforeAll(async () => {
  t = await openTestApp();
  ada = await t.join('Ada');
  owner = t.app.deps.postgres.owner;
  const found = await sql<Table>`
    select c.relname as name, c.relrowsecurity as enabled, c.relforcerowsecurity as forced,
      array(select array_to_string(p.roles, ',') from pg_policies p
        where p.schemaname = 'public' and p.tablename = c.relname) as policies,
      array(select a.attname::text from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
      array(select a.attname::text from pg_index i
        join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
        where i.indrelid = c.oid) as indexed
    from pg_class c
    where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
    order by c.relname`.execute(owner);
  tables = found.rows;
});
afterAll(() => t.close());

const ofTenants = () => tables.filter((table) => !WITHOUT_TENANT.has(table.name));

/** Runs as a request does, with what was set gone afterwards. */
async function asApp<T>(userId: string | null, fn: (tx: Kysely<DB>) => Promise<T>): Promise<T> {
  return await owner.transaction().execute(async (tx) => {
    await sql`select set_config('role', 'ofs_app', true)`.execute(tx);
    if (userId !== null) await sql`select set_config('app.user_id', ${userId}, true)`.execute(tx);
    return await fn(tx);
  });
}

describe('every table of a tenant', () => {
  it('has row security, enabled and forced', () => {
    expect(ofTenants().length).toBeGreaterThan(45);
    expect(
      ofTenants()
        .filter((one) => !one.enabled || !one.forced)
        .map((one) => one.name),
    ).toEqual([]);
  });

  it('has policies, at least that of the system', () => {
    const without = ofTenants().filter(
      ({ policies }) => !policies.some((roles) => roles.includes('ofs_system')),
    );
    expect(without.map((one) => one.name)).toEqual([]);
  });

  it('has an index that begins with the column of its tenant', () => {
    const without = ofTenants().flatMap(({ name, columns, indexed }) => {
      const tenant = TENANT_COLUMNS.filter((column) => columns.includes(column));
      if (tenant.length === 0 || SMALL_SUMS.has(name)) return [];
      return tenant.some((column) => indexed.includes(column)) ? [] : [`${name}(${tenant[0]})`];
    });
    expect(without).toEqual([]);
  });

  it('is told in the list of exceptions only while it exists', () => {
    const names = new Set(tables.map((one) => one.name));
    expect([...WITHOUT_TENANT.keys()].filter((name) => !names.has(name))).toEqual([]);
  });
});

describe('without a context', () => {
  it('no table of a tenant shows a row, counts included', async () => {
    const seen: string[] = [];
    for (const { name } of ofTenants()) {
      const rows = await asApp(null, (tx) =>
        sql<{ n: number }>`select count(*) as n from ${sql.table(name)}`.execute(tx),
      )
        .then((found) => Number(found.rows[0]?.n))
        .catch((error: { code?: string }) => (error.code === '42501' ? 0 : -1));
      if (rows !== 0) seen.push(`${name}: ${rows}`);
    }
    expect(seen).toEqual([]);
    const all = await sql<{ n: number }>`select count(*) as n from users`.execute(owner);
    expect(Number(all.rows[0]?.n)).toBeGreaterThan(0);
  });

  it('a context of nobody, of somebody unknown or of no person at all shows as little', async () => {
    for (const id of ['', '00000000-0000-4000-8000-000000000000', "' or true --"]) {
      const seen = await asApp(id, (tx) => sql<{ n: number }>`select count(*) as n from users`.execute(tx))
        .then((found) => Number(found.rows[0]?.n))
        .catch(() => 0);
      expect({ id, seen }).toEqual({ id, seen: 0 });
    }
  });

  it('nothing can be written either', async () => {
    for (const { name } of ofTenants()) {
      const changed = await asApp(null, (tx) => sql`delete from ${sql.table(name)}`.execute(tx))
        .then((done) => Number(done.numAffectedRows ?? 0))
        .catch(() => 0);
      expect({ name, changed }).toEqual({ name, changed: 0 });
    }
  });
});

describe('the connection of one person', () => {
  it('carries nothing over to the next, whether the work succeeded, failed or was ended', async () => {
    const { postgres } = t.app.deps;
    const settings = async () =>
      (
        await sql<{ user: string | null; role: string }>`
          select current_setting('app.user_id', true) as user, current_setting('role') as role`.execute(owner)
      ).rows[0];
    const clean = { user: '', role: 'none' };
    const now = async () => {
      const found = await settings();
      return { user: found?.user ?? '', role: found?.role };
    };
    await postgres.withContext({ user_id: ada.user_id }, async () => undefined);
    expect(await now()).toEqual(clean);
    await expect(
      postgres.withContext({ user_id: ada.user_id }, async () => {
        throw new Error('in the middle');
      }),
    ).rejects.toThrow('in the middle');
    expect(await now()).toEqual(clean);
    await expect(
      postgres.withContext({ user_id: ada.user_id }, (tx) => sql`select 1 / 0`.execute(tx)),
    ).rejects.toMatchObject({ code: '22012' });
    expect(await now()).toEqual(clean);
    await postgres.asSystem(async () => undefined);
    expect(await now()).toEqual(clean);
  });

  it('may not become the system or the owner from within, nor name another person for later', async () => {
    const { postgres } = t.app.deps;
    await postgres
      .withContext({ user_id: ada.user_id }, (tx) =>
        sql`select set_config('app.user_id', '00000000-0000-4000-8000-000000000001', true)`.execute(tx),
      )
      .catch(() => undefined);
    const after = await postgres.withContext({ user_id: ada.user_id }, (tx) =>
      tx.selectFrom('users').select('id').execute(),
    );
    expect(after.map((one) => one.id)).toEqual([ada.user_id]);
  });

  it('requests at the same time see each their own', async () => {
    const people = [ada, ...(await Promise.all(['Ben', 'Cy', 'Di'].map((name) => t.join(name))))];
    const rounds = Array.from({ length: 40 }, (_, i) => people[i % people.length] as Person);
    const seen = await Promise.all(rounds.map(async (one) => (await one.get('/auth/me')).body.user.id));
    expect(seen).toEqual(rounds.map((one) => one.user_id));
  });
});
