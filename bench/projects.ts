// How long the first page of a user's projects takes among many, with row security, beside the two query shapes of the
// data architecture in the same run. OFS_BENCH_PROJECTS sets how many projects (50,000), DATABASE_URL a real server.

import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { CompiledQuery, sql } from 'kysely';
import type { Figure } from '../server/commands/bench.ts';
import { ROOT } from '../server/config.ts';
import { listProjects } from '../server/features/projects/sql.ts';
import { migratePrivatePostgres } from '../server/platform/migrate.ts';
import { openPostgres, type Postgres, type Tx } from '../server/platform/postgres.ts';

const PEOPLE_PER_PROJECT = 0.1;
const ROUNDS = 60;

export async function projectsSuite(): Promise<Figure[]> {
  const url = process.env['DATABASE_URL'];
  const projects = Number(process.env['OFS_BENCH_PROJECTS'] ?? 50_000);
  const postgres = await openPostgres(
    url === undefined ? { mode: 'embedded', path: 'memory' } : { mode: 'server', url, pool: 2 },
  );
  try {
    await migratePrivatePostgres(postgres, join(ROOT, 'migrations'));
    await fill(postgres, projects, Math.round(projects * PEOPLE_PER_PROJECT));
    const users = await someUsers(postgres);
    const page = { limit: 50, deleted: 'false' as const };
    const ours = await p95(postgres, users, (tx, user) => listProjects(tx, user, page, undefined));
    const good = await p95(postgres, users, (tx, user) => tx.executeQuery(CompiledQuery.raw(GOOD, [user])));
    const bad = await p95(postgres, users, (tx, user) => tx.executeQuery(CompiledQuery.raw(BAD, [user])));
    const figure = (name: string, value: number, baseline: number) => ({
      figure: `${name}, ${projects.toLocaleString('en-US')} projects, p95`,
      unit: 'ms',
      value,
      baseline,
      ratio: value / baseline,
    });
    return [
      figure('first page of projects against the efficient shape', ours, good),
      figure('first page of projects against the inefficient shape', ours, bad),
    ];
  } finally {
    await postgres.close();
  }
}

const GOOD = `with user_projects as (
  select id, name, status, created_at, 'owner' as role from projects where owner_id = $1 and deleted_at is null
  union all
  select p.id, p.name, p.status, p.created_at, pc.role from projects p
  inner join project_collaborators pc on p.id = pc.project_id where pc.user_id = $1 and p.deleted_at is null
) select * from user_projects order by created_at desc limit 50`;
const BAD =
  'select * from projects where owner_id = $1 or id in (select project_id from project_collaborators where user_id = $1)';

async function fill(postgres: Postgres, projects: number, people: number): Promise<void> {
  await postgres.asSystem(async (tx) => {
    await sql`insert into users (email, user_type) select 'p' || n || '@bench.example', 'designer' from generate_series(1, ${people}::int) n`.execute(
      tx,
    );
    await sql`create temporary table person on commit drop as select id, row_number() over (order by email) - 1 as n from users where email like '%@bench.example'`.execute(
      tx,
    );
    await sql`insert into projects (owner_id, name, created_at)
      select p.id, 'Project ' || k, now() - k * interval '1 second' from generate_series(1, ${projects}::int) k join person p on p.n = k % ${people}::int`.execute(
      tx,
    );
    await sql`insert into project_collaborators (project_id, user_id, role)
      select j.id, p.id, 'editor' from (select id, row_number() over (order by id) as n from projects) j join person p on p.n = (j.n * 7 + 3) % ${people}::int
      where j.n % 5 = 0 on conflict do nothing`.execute(tx);
  });
  await postgres.pool.query('analyze');
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

async function p95(
  postgres: Postgres,
  users: string[],
  query: (tx: Tx, user: string) => Promise<unknown>,
): Promise<number> {
  const times: number[] = [];
  for (const user of [...users.slice(0, 10), ...users]) {
    await postgres.withContext({ user_id: user }, async (tx) => {
      const begun = performance.now();
      await query(tx, user);
      times.push(performance.now() - begun);
    });
  }
  const measured = times.slice(10).sort((a, b) => a - b);
  return Math.round((measured[Math.floor(measured.length * 0.95)] ?? 0) * 100) / 100;
}
