// The catalogue with the keyboard, products side by side, one product turned and put into a room, a file imported.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keepScreenshot, launchBrowser, openVisit } from './browser.ts';
import { type Prepared, prepareProject } from './prepared-project.ts';
import { startServer, type TestServer } from './server.ts';

let server: TestServer;
let browser: Browser;
let prepared: Prepared;

beforeAll(async () => {
  server = await startServer();
  browser = await launchBrowser();
  prepared = await prepareProject(server.url);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** A busy machine draws without a graphics chip. */
const SLOW = { timeout: 20_000 };

async function visited() {
  const visit = await openVisit(browser, server.url);
  await visit.context.addCookies([prepared.cookie]);
  return visit;
}

test('arrows walk the results, C picks, and what was picked stands side by side after a reload', async () => {
  const { page, context, takeProblems } = await visited();
  await page.goto('/catalogue?category=seating');
  const results = page.locator('[data-result]');
  await results.first().focus();
  const names: string[] = [];
  for (const key of ['c', 'ArrowRight', 'c', 'ArrowDown', 'c']) {
    await page.keyboard.press(key);
    if (key === 'c') names.push((await page.locator('[data-result]:focus').textContent()) ?? '');
  }
  expect(new Set(names).size).toBe(3);
  await page
    .getByRole('region', { name: 'Picked to compare' })
    .getByRole('link', { name: 'Compare' })
    .click();
  await page.reload();
  for (const name of names) await page.getByRole('columnheader').getByText(name, { exact: true }).waitFor();
  const rows = await page.getByRole('row').count();
  await page.getByText('Only what differs').click();
  expect(await page.getByRole('row').count()).toBeLessThan(rows);
  await keepScreenshot(page, 'compare-1280-light');
  await page
    .getByRole('button', { name: /^Take out/ })
    .first()
    .click();
  await expect.poll(() => page.getByRole('button', { name: /^Take out/ }).count()).toBe(2);
  await page.goto('/catalogue?category=seating');
  await results.first().focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: names[0] ?? '' }).waitFor();
  expect(takeProblems()).toEqual([]);
  await context.close();
});

test('a search without result says what it understood and what each limit less would give', async () => {
  const { page, context, takeProblems } = await visited();
  await page.goto('/catalogue?q=task+chair+under+%242');
  await page.getByRole('heading', { name: /^Nothing found/ }).waitFor();
  await page.getByText(/^Understood from your words/).waitFor();
  await page.goto('/catalogue?q=task+chair&max_price=2');
  await page
    .getByRole('button', { name: /^Without “/ })
    .first()
    .click();
  await page.locator('[data-result]').first().waitFor();
  expect(takeProblems()).toEqual([]);
  await context.close();
});

test('a product is turned in 3D and put into a room of a project', async () => {
  const { page, context, takeProblems } = await visited();
  await page.goto('/catalogue?category=storage&sort=price_asc');
  await page.locator('[data-result]').first().click();
  await page.getByText('3D', { exact: true }).click();
  await page.locator('[data-pieces]').waitFor();
  const model = page.getByRole('application', { name: /^3D model of/ });
  await model.focus();
  const before = await model.screenshot();
  await page.keyboard.press('ArrowRight');
  await expect.poll(async () => (await model.screenshot()).equals(before), SLOW).toBe(false);
  await page.keyboard.press('Home');
  await expect.poll(async () => (await model.screenshot()).equals(before), SLOW).toBe(true);
  await page.getByRole('button', { name: 'Add to a project' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Add', exact: true }).click();
  const confirm = page.getByRole('button', { name: 'Add it all the same' });
  const added = page.getByText(/^Added 1 ×/);
  await confirm.or(added).first().waitFor();
  if (await confirm.isVisible()) await confirm.click();
  await added.waitFor();
  // A limit that is broken is asked about with 409: part of the work.
  expect(takeProblems().filter((problem) => !problem.startsWith('409'))).toEqual([]);
  await context.close();
});

test('a file with columns of its own is mapped, looked at, imported and reported', async () => {
  const { page, context, takeProblems } = await visited();
  await page.goto('/catalogue/import');
  const lines = ['Artikel,Bezeichnung,Gruppe,Preis,Lieferzeit', 'IMP-1,Plain stool,seating,120.00,10'];
  lines.push('IMP-2,Plain bench,seating,240.50,12', 'IMP-3,Without a price,seating,,12');
  await page.getByLabel(/^Choose a file/).setInputFiles({
    name: 'own words.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(lines.join('\n')),
  });
  await page.getByRole('heading', { name: 'Columns' }).waitFor();
  for (const [header, ours] of [
    ['Artikel', 'sku'],
    ['Bezeichnung', 'name'],
    ['Gruppe', 'category'],
    ['Preis', 'list_price'],
  ] as const) {
    const select = page.getByLabel(`Column for ${header}`);
    if ((await select.inputValue()) !== ours) await select.selectOption(ours);
    await expect.poll(() => select.isEnabled()).toBe(true);
  }
  await page.getByText('1 of 3 would be refused.').waitFor();
  await keepScreenshot(page, 'import-1280-light');
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByRole('heading', { name: 'Refused rows' }).waitFor();
  const csv = await page.request.get(
    (await page.getByRole('link', { name: 'All as CSV' }).getAttribute('href')) ?? '',
  );
  expect(await csv.text()).toContain('4');
  await page.goto('/catalogue?q=IMP-2');
  await page.getByRole('link', { name: 'Plain bench' }).waitFor();
  expect(takeProblems()).toEqual([]);
  await context.close();
});
