// What the platform knows, as its people see it: a chart as a table and as CSV, a ranking trained and rolled back, what is
// due for deletion counted, and a copy of one's own data.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import type { Browser, Download } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NUMERIC_FEATURES, type TrainingInput } from '../../contract/learning.ts';
import { openTestApp, type Person, type TestApp } from '../harness/app.ts';
import { launchBrowser, openVisit, type Visit, type VisitOptions } from './browser.ts';

let t: TestApp;
let url: string;
let browser: Browser;
let admin: Person;
let organizations: string[];
beforeAll(async () => {
  // In this process, so that decisions of many organizations can be put into its stores.
  t = await openTestApp();
  admin = await t.join('Admin');
  const others = await Promise.all(['Bo', 'Cy', 'Di', 'Ed', 'Flo'].map((name) => t.join(name)));
  organizations = [admin, ...others].map((person) => person.organization_id);
  await t.server.listen({ port: 0, host: '127.0.0.1' });
  url = `http://localhost:${(t.server.server.address() as AddressInfo).port}`;
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await t?.close();
});

async function visit(options: VisitOptions = {}): Promise<Visit> {
  const opened = await openVisit(browser, url, options);
  const [name = '', value = ''] = admin.cookie.split('=');
  await opened.context.addCookies([{ name, value, url }]);
  return opened;
}

/** Decisions as the hourly job writes them: one brand taken, one left. */
async function decide(likes: string, leaves: string, hour: number): Promise<void> {
  const begun = Date.now() - 86_400_000;
  const made = organizations.flatMap((organization_id, o) =>
    Array.from({ length: 60 }, (_, at) => {
      const label = at % 2 === 0 ? 1 : 0;
      const numeric = Object.fromEntries(NUMERIC_FEATURES.map((name) => [name, 0]));
      const input: TrainingInput = {
        kind: 'point',
        features: {
          numeric: numeric as TrainingInput['features']['numeric'],
          terms: [`brand:${label ? likes : leaves}`],
        },
        against: null,
        role: 'task_chair',
        space_type: 'open_office',
        styles: ['modern'],
        position: 0,
        alternatives_shown: 4,
        candidates: 30,
        propensity: 1,
        confidence: 0.7,
        impression_id: randomUUID(),
        product_id: randomUUID(),
        against_product_id: null,
        model_version: null,
      };
      return {
        source_type: 'synthetic',
        model_type: 'recommendation',
        organization_id,
        dedupe_key: `${hour}:${organization_id}:${at}`,
        subject_key: `${hour}:${at}`,
        decided_at: new Date(begun + hour * 3_600_000 + at * 1000 + o).toISOString(),
        input_features: JSON.stringify(input),
        output_labels: JSON.stringify({
          event: label ? 'acceptance' : 'rejection',
          label,
          weight: 1,
          categories: [],
        }),
      };
    }),
  );
  await t.app.deps.postgres.asSystem((tx) => tx.insertInto('ml_training_data').values(made).execute());
}

const textOf = async (download: Download) => readFileSync((await download.path()) ?? '', 'utf8');

test('a chart is its numbers too: by keyboard as a table, and as CSV', async () => {
  const event = (event_type: string) => ({ event_name: event_type, event_type, session_id: randomUUID() });
  const sent = await admin.post('/events', {
    events: [event('page_view'), event('page_view'), event('error')],
  });
  expect(sent.body.accepted).toBe(3);
  await t.app.deps.events.drain();
  const { page, takeProblems } = await visit();
  await page.goto('/analytics?dashboard=usage');
  const chart = page.getByRole('region', { name: 'Usage a day' });
  await chart.getByText(/and 1 error/).waitFor();
  await chart.getByRole('button', { name: 'Show as table' }).focus();
  await page.keyboard.press('Enter');
  const cells = chart.getByRole('table', { name: 'Usage a day' }).getByRole('cell');
  await cells.first().waitFor();
  const [, views, , errors] = await cells.allTextContents();
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    chart.getByRole('button', { name: 'Download CSV' }).click(),
  ]);
  expect(saved.suggestedFilename()).toMatch(/^usage-.*\.csv$/);
  const [head, row] = (await textOf(saved)).trim().split(/\r?\n/);
  expect(head).toBe('Day,Page views,Actions,Errors,Sessions');
  const today = new Date().toISOString().slice(0, 10);
  const [day, csvViews, , csvErrors] = row?.split(',') ?? [];
  expect([day, csvViews, csvErrors]).toEqual([today, views, errors]);
  expect(Number(views)).toBeGreaterThanOrEqual(2);
  expect(takeProblems()).toEqual([]);
});

test('a ranking is trained, replaced by a better one and rolled back', async () => {
  const { page, takeProblems } = await visit({ width: 390, theme: 'dark' });
  await decide('northmark', 'eastmere', 1);
  await page.goto('/admin/ranking-models');
  const train = page.getByRole('button', { name: 'Train now' });
  await train.click();
  await page.getByRole('heading', { name: /^rank-1 ?Live/ }).waitFor();
  await decide('lately liked', 'lately left', 4);
  await train.click();
  await page.getByRole('heading', { name: /^rank-2 ?Live/ }).waitFor();
  await page
    .getByRole('table', { name: 'Features that moved' })
    .getByText(/lately/i)
    .first()
    .waitFor();
  await page.getByRole('button', { name: 'Roll back' }).click();
  await page.getByText('rank-1 is live again.').waitFor();
  await page.getByRole('heading', { name: /^rank-1 ?Live/ }).waitFor();
  expect(takeProblems()).toEqual([]);
});

test('what is due is counted and nothing changed; one’s own data comes as a zip with a manifest', async () => {
  const { page, takeProblems } = await visit();
  await page.goto('/admin/retention');
  await page.getByRole('button', { name: 'Count what is due' }).click();
  const run = page.getByRole('group').filter({ hasText: 'Counted only' });
  await run.getByText('Done').waitFor();
  expect(await run.getByRole('table').getByRole('row').count()).toBeGreaterThan(6);

  await page.goto('/settings/your-data');
  await page.getByRole('button', { name: 'Make a copy' }).click();
  const link = page.getByRole('link', { name: /Download/ });
  await link.waitFor();
  const [saved] = await Promise.all([page.waitForEvent('download'), link.click()]);
  const zip = readFileSync((await saved.path()) ?? '');
  expect(zip.subarray(0, 2).toString()).toBe('PK');
  expect(zip.includes('manifest.json')).toBe(true);
  expect(takeProblems()).toEqual([]);
});
