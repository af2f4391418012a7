// How long the first page of a user's projects takes among many, with row security, beside the two query shapes of the
// data architecture in the same run. `--size` (or OFS_BENCH_PROJECTS) sets how many projects; there is one person for
// every ten, each of whom owns ten, works on two of others and sees those of an organization of ten people. DATABASE_URL
// names a server; from 200,000 projects on, or with `--servers`, one is started where PostgreSQL is installed.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { type Kysely, sql } from 'kysely';
import type { Figure } from '../server/commands/bench.ts';
import { ROOT } from '../server/config.ts';
import { listProjects } from '../server/features/projects/sql.ts';
import type { DB } from '../server/platform/database.gen.ts';
import { migratePrivatePostgres } from '../server/platform/migrate.ts';
import { openPostgres, type Postgres } from '../server/platform/postgres.ts';
import { startServers } from '../test/servers/services.ts';

const PROJECTS_PER_PERSON = 10;
const PEOPLE_PER_ORGANIZATION = 10;
const ROUNDS = 200;
const WARM = 20;
/** The inefficient shape takes most of a second among a million. */
const BAD_ROUNDS = 50;
const LARGE = 200_000;

export async function projectsSuite(options: { size?: number; servers?: boolean } = {}): Promise<Figure[]> {
  const projects = options.size ?? Number(process.env['OFS_BENCH_PROJECTS'] ?? 50_000);
  const server = await serverFor(options.servers === true || projects >= LARGE);
  const postgres = await openPostgres(
    server.url === undefined
      ? { mode: 'embedded', path: 'memory' }
      : { mode: 'server', url: server.url, pool: 1 },
  );
  try {
    await migratePrivatePostgres(postgres, join(ROOT, 'migrations'));
    const people = Math.max(1, Math.round(projects / PROJECTS_PER_PERSON));
    await postgres.unhurried((db) => fill(db, projects, people));
    return await measure(postgres, `${postgres.mode}, ${projects.toLocaleString('en-US')} projects`);
  } finally {
    await postgres.close();
    await server.stop();
  }
}

async function measure(postgres: Postgres, where: string): Promise<Figure[]> {
  const users = await someUsers(postgres);
  const page = { limit: 50, deleted: 'false' as const };
  const asked = (text: string) => (user: string) => postgres.ask({ user_id: user }, text, [user]);
  const ours = await times(postgres, users, (user) =>
    listProjects(postgres, { user_id: user }, page, undefined),
  );
  const good = await times(postgres, users, asked(GOOD));
  const bad = await times(postgres, users.slice(0, BAD_ROUNDS), asked(BAD));
  const figure = (name: string, unit: string, value: number, baseline: number): Figure => ({
    figure: `${name}, ${where}`,
    unit,
    value,
    baseline,
    ratio: baseline === 0 ? null : value / baseline,
  });
  return [
    figure('first page of projects against the efficient shape, p50', 'ms', ours.p50, good.p50),
    figure('first page of projects against the efficient shape, p95', 'ms', ours.p95, good.p95),
    figure('first page of projects against the inefficient shape, p95', 'ms', ours.p95, bad.p95),
    ...(ours.processor === undefined || good.processor === undefined
      ? []
      : [
          figure(
            'processor time of the database, mean, against the efficient shape',
            'ms',
            ours.processor,
            good.processor,
          ),
        ]),
  ];
}

async function serverFor(wanted: boolean): Promise<{ url: string | undefined; stop: () => Promise<void> }> {
  const url = process.env['DATABASE_URL'];
  const nothing = async () => {};
  if (url !== undefined || !wanted) return { url, stop: nothing };
  const servers = await startServers(['postgres']);
  if (servers.postgres === undefined)
    throw new Error(`So many projects want a real server: ${servers.missing.join('; ')}.`);
  return { url: servers.postgres.url, stop: () => servers.stop() };
}

const GOOD = `with user_projects as (
  select id, name, status, created_at, 'owner' as role from projects where owner_id = $1 and deleted_at is null
  union all
  select p.id, p.name, p.status, p.created_at, pc.role from projects p
  inner join project_collaborators pc on p.id = pc.project_id where pc.user_id = $1 and p.deleted_at is null
) select * from user_projects order by created_at desc limit 50`;
const BAD =
  'select * from projects where owner_id = $1 or id in (select project_id from project_collaborators where user_id = $1)';

async function fill(db: Kysely<DB>, projects: number, people: number): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`select set_config('role', 'ofs_system', true)`.execute(tx);
    await sql`insert into users (email, user_type) select 'p' || n || '@bench.example', 'designer' from generate_series(1, ${people}::int) n`.execute(
      tx,
    );
    await sql`insert into organizations (name, type) select 'bench ' || n, 'dealer' from generate_series(1, ${Math.ceil(people / PEOPLE_PER_ORGANIZATION)}::int) n`.execute(
      tx,
    );
    await sql`create temporary table person on commit drop as
      select id, row_number() over (order by email) - 1 as n from users where email like '%@bench.example'`.execute(
      tx,
    );
    await sql`create temporary table organization on commit drop as
      select id, row_number() over (order by name) - 1 as n from organizations where name like 'bench %'`.execute(
      tx,
    );
    await sql`create index on person(n)`.execute(tx);
    await sql`insert into organization_members (organization_id, user_id, role)
      select o.id, p.id, case p.n % 10 when 0 then 'owner' when 1 then 'viewer' else 'member' end
      from person p join organization o on o.n = p.n / ${PEOPLE_PER_ORGANIZATION}::int`.execute(tx);
    // Every other project belongs to the organization of its owner.
    await sql`insert into projects (owner_id, organization_id, name, created_at)
      select p.id, case when k % 2 = 0 then o.id end, 'Project ' || k, now() - k * interval '1 second'
      from generate_series(1, ${projects}::int) k join person p on p.n = k % ${people}::int
      join organization o on o.n = p.n / ${PEOPLE_PER_ORGANIZATION}::int`.execute(tx);
    await sql`insert into project_collaborators (project_id, user_id, role)
      select j.id, p.id, 'editor' from (select id, row_number() over (order by id) as n from projects) j
      join person p on p.n = (j.n * 7 + 3) % ${people}::int
      where j.n % 5 = 0 on conflict do nothing`.execute(tx);
  });
  await sql`analyze users, organizations, organization_members, projects, project_collaborators`.execute(db);
}

async function someUsers(postgres: Postgres): Promise<string[]> {
  const rows = await postgres.asSystem((tx) =>
    tx
      .selectFrom('users')
      .select('id')
      .where('email', 'like', '%@bench.example')
      .orderBy('id')
      .limit(ROUNDS)
      .execute(),
  );
  return rows.map((row) => row.id);
}

interface Times {
  p50: number;
  p95: number;
  /** Of the server's process, a page; undefined where it is not on this machine. */
  processor: number | undefined;
}

/** Each from asking to rows, with the context for row security. */
async function times(
  postgres: Postgres,
  users: string[],
  query: (user: string) => Promise<unknown>,
): Promise<Times> {
  for (const user of users.slice(0, WARM)) await query(user);
  const taken: number[] = [];
  const before = await processorOf(postgres);
  for (const user of users) {
    const asked = performance.now();
    await query(user);
    taken.push(performance.now() - asked);
  }
  const after = await processorOf(postgres);
  const processor = before === undefined || after === undefined ? undefined : (after - before) / users.length;
  taken.sort((a, b) => a - b);
  return { p50: at(taken, 0.5), p95: at(taken, 0.95), processor };
}

function at(sorted: number[], share: number): number {
  return Math.round((sorted[Math.floor(sorted.length * share)] ?? 0) * 100) / 100;
}

const TICK_MS = 10;

/** Milliseconds that the connection's process has computed so far (Linux, in steps of 10). */
async function processorOf(postgres: Postgres): Promise<number | undefined> {
  if (postgres.mode === 'embedded') return undefined;
  const { rows } = await postgres.pool.query<{ pid: number }>('select pg_backend_pid() as pid');
  try {
    const stat = readFileSync(`/proc/${rows[0]?.pid}/stat`, 'latin1');
    // After the name in brackets, the 12th and 13th fields are its own time and the kernel's for it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
  } catch {
    return undefined;
  }
}
