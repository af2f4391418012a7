// What becomes of a job whose process dies under it: the run is no try, unless it happens again and again.
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { type JobKind, type JobRun, type Jobs, openJobs } from './jobs.ts';
import { emptyPrivate, LOST_AT_MOST, releaseLostJobs } from './jobs-admin.ts';
import { openPostgres, type Postgres } from './postgres.ts';

interface Payload {
  id: string;
}

const Once: JobKind<Payload> = {
  name: 'once',
  payload: z.object({ id: z.string() }),
  retries: 0,
  concurrency: 1,
  expire_seconds: 600,
};
const quiet = { info: () => undefined, error: () => undefined };
const opened: Jobs[] = [];
let postgres: Postgres;

beforeAll(async () => {
  postgres = await openPostgres({ mode: 'embedded', path: 'memory' });
});
afterAll(async () => {
  for (const jobs of opened) await jobs.stop(0);
  await postgres?.close();
});

async function worker(handle: (payload: Payload, run: JobRun) => Promise<void>): Promise<Jobs> {
  const jobs = openJobs(postgres, quiet);
  jobs.register(Once, handle);
  await jobs.start({ work: true });
  opened.push(jobs);
  return jobs;
}

const enqueue = (jobs: Jobs, id: string) =>
  postgres.owner.transaction().execute((tx) => jobs.enqueue(tx, Once, { id }));

async function until(what: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 30_000;
  while (!(await what())) {
    if (Date.now() > end) throw new Error('It did not come about in 30 s.');
    await wait(50);
  }
}

const jobOf = async (id: string) =>
  (
    await sql<{ state: string; retry_count: number; retry_limit: number }>`
      select state::text, retry_count, retry_limit from pgboss.job where id = ${id}::uuid`.execute(
      postgres.owner,
    )
  ).rows[0];

it('runs again after its process died, though it may be tried only once; then its own failure ends it', async () => {
  const begun: string[] = [];
  // Never ends, as a process that is killed never does.
  const dying = await worker(async ({ id }) => {
    begun.push(id);
    await new Promise(() => undefined);
  });
  const id = randomUUID();
  const job = await enqueue(dying, id);
  await until(() => begun.includes(id));
  const runs: boolean[] = [];
  // The embedded store has one process: what the next one finds under way was left by one that died.
  await worker(async (_payload, run) => {
    runs.push(run.is_last_attempt);
    throw new Error('This one fails by itself.');
  });
  await until(() => runs.length === 1);
  expect(runs).toEqual([true]);
  await until(async () => (await jobOf(job))?.state === 'failed');
  await wait(1500);
  expect(runs).toHaveLength(1);
});

it('counts a loss as a try when one job was lost too often', async () => {
  const Unworked: JobKind<Payload> = { ...Once, name: 'unworked' };
  const jobs = openJobs(postgres, quiet);
  jobs.register(Unworked, async () => undefined);
  await jobs.start({ work: false });
  opened.push(jobs);
  const id = await postgres.owner.transaction().execute((tx) => jobs.enqueue(tx, Unworked, { id: 'x' }));
  const lose = async (seconds: number) => {
    await sql`update pgboss.job set state = 'active', started_on = now(),
      heartbeat_on = now() - ${seconds} * interval '1 second' where id = ${id}::uuid`.execute(postgres.owner);
    await releaseLostJobs(postgres, [Unworked], { all: false });
    return (await jobOf(id))?.state;
  };
  // Twenty-five seconds are not too late yet.
  expect(await lose(25)).toBe('active');
  for (let time = 0; time < LOST_AT_MOST; time++) expect(await lose(31)).toBe('retry');
  expect(await lose(31)).toBe('active');
  expect((await jobOf(id))?.retry_limit).toBe(LOST_AT_MOST);
});

it('keeps no word of a letter that is done, and counts it all the same', async () => {
  const Note: JobKind<Payload> = { ...Once, name: 'note' };
  const Letter: JobKind<Payload> = { ...Once, name: 'letter', private: true };
  const jobs = openJobs(postgres, quiet);
  jobs.register(Note, async () => undefined);
  jobs.register(Letter, async () => undefined);
  await jobs.start({ work: true });
  opened.push(jobs);
  const [open, closed] = await postgres.owner
    .transaction()
    .execute(async (tx) => [
      await jobs.enqueue(tx, Note, { id: 'open' }),
      await jobs.enqueue(tx, Letter, { id: 'a link that opens an account' }),
    ]);
  const dataOf = async (id: string | undefined) =>
    (await sql<{ data: object }>`select data from pgboss.job where id = ${id}::uuid`.execute(postgres.owner))
      .rows[0]?.data;
  for (const id of [open, closed])
    await until(async () => (await jobOf(id as string))?.state === 'completed');
  const kinds = [Note, Letter] as readonly { name: string; private?: true }[];
  await emptyPrivate(postgres, kinds);
  expect(await dataOf(closed)).toEqual({ id: 'a link that opens an account' });
  await sql`update pgboss.job set completed_on = now() - interval '6 minutes' where state = 'completed'`.execute(
    postgres.owner,
  );
  await emptyPrivate(postgres, kinds);
  expect(await dataOf(closed)).toEqual({});
  expect(await dataOf(open)).toEqual({ id: 'open' });
});
