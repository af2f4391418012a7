// One of everything that only administrators of the platform reach by its id: kept mail, imports, price lists, models and
// rows to learn from, runs and holds of retention, receipts of erasure, people, dead letters.
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { z } from 'zod';
import type { JobKind } from '../../server/platform/jobs.ts';
import { type Answer, type Person, type TestApp, until } from '../harness/app.ts';
import { generateCatalogLines } from '../harness/catalogue.ts';
import { type Fixtures, good } from './world.ts';

/** Refused by its handler, for want of a letter, and so given up at once. */
const Undeliverable: JobKind<{ project_id: string }> = {
  name: 'send_mail',
  payload: z.object({ project_id: z.string() }) as never,
  retries: 0,
  concurrency: 1,
  expire_seconds: 60,
};

/** `own` is what the owner has; the item of its recommendation is decided upon, so that there is something to learn from. */
export async function administer(
  t: TestApp,
  admin: Person,
  owner: Person,
  own: Fixtures,
): Promise<{ fixtures: Fixtures; erasable: Person }> {
  const made = async (path: string, body: unknown) => good(await admin.post(path, body), path).body;
  const finished = (path: string) =>
    until(
      () => admin.get(path),
      ({ body }) => ['done', 'completed', 'failed'].includes(body.status),
    );
  const mail = await until(
    () => admin.get('/admin/mailbox'),
    ({ body }) => body.items.length > 0,
  );
  const [gone, erasable] = [await t.join('Gone'), await t.join('Erasable')];
  const erasure = await made(`/admin/persons/${gone.user_id}/erasure`, {
    reason: 'asked for it',
    email: gone.email,
  });
  await finished(`/admin/erasures/${erasure.id}`);
  const run = await made('/admin/retention/runs', { dry_run: true });
  await finished(`/admin/retention/runs/${run.id}`);
  const letters = await deadLetters(t, admin);
  return {
    erasable,
    fixtures: {
      'mailbox/{id}': mail.body.items[0].id,
      'imports/{id}': (await previewed(admin)).id,
      'price-lists/{id}': await priceList(admin),
      'ranking-models/{id}': await retiredModel(t),
      'training-data/{id}': await rowToLearnFrom(t, admin, owner, own),
      'policies/{name}': 'plan_files',
      'runs/{id}': run.id,
      'legal-holds/{id}': (
        await made('/admin/legal-holds', {
          scope: 'project',
          subject_id: own['projects/{id}'],
          reason: 'a quarrel over the delivery',
        })
      ).id,
      'persons/{id}': erasable.user_id,
      'erasures/{id}': erasure.id,
      'users/{id}': (await t.join('Bystander')).user_id,
      'dead-letters/{id}': letters[0] as string,
      'discarded/{id}': letters[1] as string,
    },
  };
}

const previewed = async (admin: Person) =>
  good(
    await admin.upload('/catalog/imports?preview=true', 'more.jsonl', generateCatalogLines(3)),
    'an import to be looked at',
  ).body;

async function priceList(admin: Person): Promise<string> {
  const { id } = await previewed(admin);
  good(
    await admin.post(`/catalog/imports/${id}/start`, {
      price_list: { name: 'Next spring', effective_from: '2100-03-01' },
    }),
    'a price list',
  );
  const { body } = await until(
    () => admin.get(`/catalog/imports/${id}`),
    (answer: Answer) => !['mapping', 'queued', 'running'].includes(answer.body.status),
  );
  return body.price_list_id;
}

/** A model that learned nothing and may be made live again. */
async function retiredModel(t: TestApp): Promise<string> {
  const nothing = { names: [], mean: [], variance: [], evidence: [], rows: 0 };
  const { rows } = await t.app.deps.postgres.asSystem((tx) =>
    sql<{
      id: string;
    }>`insert into ranking_models (status, parameters, rows_used, organizations, data_hash, decision, took_ms)
      values ('retired', ${JSON.stringify(nothing)}::jsonb, 0, 0, ${'0'.repeat(64)}, 'the one before', 0) returning id`.execute(
      tx,
    ),
  );
  return rows[0]?.id ?? '';
}

async function rowToLearnFrom(t: TestApp, admin: Person, owner: Person, own: Fixtures): Promise<string> {
  const recommendation = `/recommendations/${own['recommendations/{id}']}`;
  for (const { id } of (await owner.get(recommendation)).body.items.slice(0, 2))
    good(await owner.patch(`${recommendation}/items/${id}`, { status: 'accepted' }), 'a decision');
  await t.app.features.learning.collect();
  const row = (await admin.get('/admin/training-data?limit=1')).body.items[0];
  if (row === undefined) throw new Error('Nothing was learned from accepted items.');
  return row.id;
}

/** Two jobs that nobody will try again. */
async function deadLetters(t: TestApp, admin: Person): Promise<string[]> {
  const { postgres, jobs } = t.app.deps;
  for (let n = 0; n < 2; n += 1)
    await postgres.asSystem((tx) => jobs.enqueue(tx, Undeliverable, { project_id: randomUUID() }));
  await postgres.pool.query(
    "update pgboss.job set retry_limit = 0 where name = 'send_mail' and state <> 'completed'",
  );
  const { body } = await until(
    () => admin.get('/admin/jobs?which=dead'),
    (answer) => answer.body.items.length >= 2,
  );
  return body.items.map((one: { id: string }) => one.id);
}
