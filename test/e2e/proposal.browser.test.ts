// The proposal in a real browser: composed and looked at page by page, an order file compared with the bill and taken over.
import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser, openVisit, type Visit } from './browser.ts';
import { startServer, type TestServer } from './server.ts';

let server: TestServer;
let browser: Browser;
let visit: Visit;
const LONG = { timeout: 120_000 };

beforeAll(async () => {
  server = await startServer();
  browser = await launchBrowser();
  visit = await openVisit(browser, server.url);
  const { page } = visit;
  const { demo } = await (await page.request.get('/api/v1/auth/providers')).json();
  const signedIn = await page.request.post('/api/v1/auth/login', { data: demo });
  expect(signedIn.ok()).toBe(true);
  const { items } = await (await page.request.get('/api/v1/projects')).json();
  await page.goto(`/projects/${items[0].id}/proposal`);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

test('a person chooses the parts of the proposal and sees its pages before downloading it', async () => {
  const { page, takeProblems } = visit;
  for (const part of ['Furniture', 'Sustainability', 'Assumptions', 'Return'])
    await page.getByRole('checkbox', { name: part, exact: true }).uncheck();
  await page.getByLabel('Prices').selectOption('totals');
  await page.getByRole('button', { name: 'Make and look at it' }).click();
  const dialog = page.getByRole('dialog');
  const first = dialog.getByRole('img', { name: /^Page 1 of \d+$/ });
  await first.waitFor(LONG);
  // Something stands on the page: it is not all of one colour.
  await expect
    .poll(
      () =>
        first.evaluate((canvas: HTMLCanvasElement) => {
          const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? {
            data: [],
          };
          return new Set(new Uint32Array(Uint8ClampedArray.from(data).buffer)).size;
        }),
      LONG,
    )
    .toBeGreaterThan(10);
  const download = page.waitForEvent('download');
  await dialog.getByRole('link', { name: 'Download' }).click();
  expect((await readFile(await (await download).path())).subarray(0, 5).toString()).toBe('%PDF-');
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
  expect(takeProblems()).toEqual([]);
});

test('an order file is compared with the bill, taken over when a person says so, and taken back', async () => {
  const { page, takeProblems } = visit;
  await page.getByRole('button', { name: 'Make SIF order' }).click();
  const row = page
    .locator('li', { hasText: 'SIF order' })
    .filter({ has: page.getByRole('link', { name: 'Download' }) });
  await row.first().waitFor(LONG);
  const download = page.waitForEvent('download');
  await row.first().getByRole('link', { name: 'Download' }).click();
  const order = await readFile(await (await download).path(), 'latin1');
  const changed = order.replace(/^QT=(\d+)/m, (_all, n) => `QT=${Number(n) > 1 ? Number(n) - 1 : 2}`);
  await page
    .getByLabel('Order file')
    .setInputFiles({ name: 'changed.sif', mimeType: 'text/plain', buffer: Buffer.from(changed, 'latin1') });
  await page.getByRole('table', { name: /Differences between changed\.sif/ }).waitFor(LONG);
  await page.getByRole('button', { name: 'Take over into the bill' }).click();
  await page.getByText('Taken over', { exact: true }).waitFor(LONG);
  await page.getByRole('button', { name: 'Take it back' }).click();
  await page.getByText('Taken back', { exact: true }).waitFor(LONG);
  expect(takeProblems()).toEqual([]);
});
