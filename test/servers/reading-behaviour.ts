// What holds for reading in one round trip on either kind of PostgreSQL.
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Postgres } from '../../server/platform/postgres.ts';

interface Opened {
  postgres: Postgres;
  close(): Promise<void>;
}

const NAMES = 'select name from projects where name like $1 order by name';

export function readingBehaviour(open: () => Promise<Opened>): void {
  let opened: Opened;
  let postgres: Postgres;
  const people: string[] = [];

  beforeAll(async () => {
    opened = await open();
    postgres = opened.postgres;
    for (const name of ['ada', 'eve']) {
      const id = await postgres.asSystem(async (tx) => {
        const user = await tx
          .insertInto('users')
          .values({ email: `${name}@reading.example`, user_type: 'designer' })
          .returning('id')
          .executeTakeFirstOrThrow();
        await tx
          .insertInto('projects')
          .values({ owner_id: user.id, name: `of ${name}` })
          .execute();
        return user.id;
      });
      people.push(id);
    }
  });
  afterAll(async () => opened?.close());

  const ask = async (person: number, text: string, values: (string | null)[]) =>
    await postgres.ask<Record<string, unknown>>({ user_id: people[person] as string }, text, values);
  const contextLeft = async () =>
    (
      await sql<{ user: string | null; role: string; read_only: string }>`
        select current_setting('app.user_id', true) as user, current_setting('role') as role,
          current_setting('transaction_read_only') as read_only`.execute(postgres.owner)
    ).rows[0];

  it('shows each their own rows, many at once and in turn on the same connections', async () => {
    const asked = Array.from({ length: 60 }, (_, n) => ask(n % 2, NAMES, ['of %']));
    const seen = await Promise.all(asked);
    for (const [n, rows] of seen.entries())
      expect(rows).toEqual([{ name: n % 2 === 0 ? 'of ada' : 'of eve' }]);
    const all = await postgres.askAsSystem<{ name: string }>(NAMES, ['of %']);
    expect(all.map((row) => row.name)).toEqual(['of ada', 'of eve']);
    expect(await postgres.ask({ user_id: '' }, NAMES, ['of %'])).toEqual([]);
  });

  it('leaves neither user nor role on the connection, after an error neither', async () => {
    await ask(0, NAMES, ['of %']);
    expect(await contextLeft()).toMatchObject({ role: 'none', read_only: 'off' });
    expect((await contextLeft())?.user ?? '').toBe('');
    // Wrong when it is prepared, when it is bound, and when it runs.
    await expect(ask(0, 'select nothing from nowhere', [])).rejects.toMatchObject({ code: '42P01' });
    await expect(ask(0, 'select $1::uuid', ['no id'])).rejects.toMatchObject({ code: '22P02' });
    await expect(ask(0, 'select 1 / (length($1::text) - 1)', ['x'])).rejects.toMatchObject({ code: '22012' });
    expect(await contextLeft()).toMatchObject({ role: 'none', read_only: 'off' });
    expect((await contextLeft())?.user ?? '').toBe('');
  });

  it('goes on after an error, with the same statement too', async () => {
    const text = 'select 12 / $1::int as n';
    await expect(ask(0, text, ['0'])).rejects.toMatchObject({ code: '22012' });
    expect(await ask(0, text, ['4'])).toEqual([{ n: 3 }]);
    await expect(ask(0, text, ['0'])).rejects.toMatchObject({ code: '22012' });
    expect(await ask(1, text, ['3'])).toEqual([{ n: 4 }]);
  });

  it('changes nothing', async () => {
    const write = ask(0, "update projects set name = 'changed' where name = $1 returning id", ['of ada']);
    await expect(write).rejects.toMatchObject({ code: '25006' });
    expect(await ask(0, NAMES, ['of %'])).toEqual([{ name: 'of ada' }]);
    await postgres.withContext({ user_id: people[0] as string }, (tx) =>
      tx
        .updateTable('projects')
        .set({ description: 'written afterwards' })
        .where('name', '=', 'of ada')
        .execute(),
    );
    expect(await ask(0, 'select description from projects', [])).toEqual([
      { description: 'written afterwards' },
    ]);
  });

  it('keeps a bounded number of plans, and what is no longer kept still answers', async () => {
    const text = (n: number) => `select ${n} as n, $1::text as given`;
    for (let n = 0; n < 130; n++) expect(await ask(0, text(n), ['a'])).toEqual([{ n, given: 'a' }]);
    for (const n of [0, 129, 50]) expect(await ask(1, text(n), [null])).toEqual([{ n, given: null }]);
    const kept = await sql<{ n: number }>`
      select count(*)::int as n from pg_prepared_statements where name like 'kept%'`.execute(postgres.owner);
    expect(kept.rows[0]?.n).toBeLessThanOrEqual(100);
  });

  it('begins a transaction in its role, and gives the connection back when that fails', async () => {
    const who = await postgres.withContext({ user_id: people[1] as string }, async (tx) => {
      const inside = await sql<{ user: string; role: string }>`
        select current_setting('app.user_id') as user, current_user::text as role`.execute(tx);
      return inside.rows[0];
    });
    expect(who).toEqual({ user: people[1], role: 'ofs_app' });
    // A text with a zero byte is none to PostgreSQL.
    await expect(postgres.withContext({ user_id: 'a\0b' }, async () => undefined)).rejects.toThrow();
    expect(await contextLeft()).toMatchObject({ role: 'none' });
    expect(await ask(0, NAMES, ['of %'])).toEqual([{ name: 'of ada' }]);
  });
}
