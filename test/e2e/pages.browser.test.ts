// Every page, wide and narrow, in paper and in the dark: it comes up whole, says nothing on the console, keeps within
// the window's width, and leaves a picture in screenshots/ for people to look at.
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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

const STEPS = ['brief', 'plan', 'spaces', 'furniture', 'budget', 'sustainability'];
const SIGNED_OUT = ['sign-in', 'register', 'forgot-password'];

function pages(): { name: string; path: string }[] {
  return [
    ...SIGNED_OUT.map((name) => ({ name, path: `/${name}` })),
    { name: 'projects', path: '/projects' },
    { name: 'new-project', path: '/projects?new=true' },
    ...STEPS.map((step) => ({ name: step, path: `/projects/${prepared.project_id}/${step}` })),
    { name: 'drawing', path: `/projects/${prepared.project_id}/spaces?view=plan` },
    { name: 'catalogue', path: '/catalogue' },
    { name: 'product', path: `/catalogue/${prepared.product_id}` },
    { name: 'analytics', path: '/analytics' },
  ];
}

describe.each([
  { width: 1280, height: 800, theme: 'light' as const },
  { width: 1280, height: 800, theme: 'dark' as const },
  { width: 390, height: 844, theme: 'light' as const },
  { width: 390, height: 844, theme: 'dark' as const },
])('at $width px in the $theme theme', ({ width, height, theme }) => {
  test('every page is whole and quiet', async () => {
    const visit = await openVisit(browser, server.url, { width, height, theme });
    const { page, context } = visit;
    for (const { name, path } of pages()) {
      if (name === 'projects') await context.addCookies([prepared.cookie]);
      await page.goto(path);
      await page.locator('main').waitFor();
      await expect
        .poll(() => page.locator('.skeleton, [role="status"][aria-label^="Loading"]').count(), {
          timeout: 30_000,
        })
        .toBe(0);
      await page.evaluate(() => document.fonts.ready.then(() => undefined));
      await keepScreenshot(page, `${name}-${width}-${theme}`);
      expect(visit.takeProblems(), name).toEqual([]);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(wide, `${name} is wider than the window`).toBeLessThanOrEqual(width);
      expect(await page.getByText('could not be').count(), `${name} shows an error`).toBe(0);
    }
    await context.close();
  });
});

test('the list of projects needs less than 200 kB of compressed script', async () => {
  const visit = await openVisit(browser, server.url);
  const scripts: Promise<number>[] = [];
  visit.page.on('response', (response) => {
    if (response.url().endsWith('.js')) scripts.push(response.body().then((body) => gzipSync(body).length));
  });
  await visit.context.addCookies([prepared.cookie]);
  await visit.page.goto('/projects');
  await visit.page.getByRole('link', { name: 'Mill Lane, ground floor' }).waitFor();
  const total = (await Promise.all(scripts)).reduce((sum, size) => sum + size, 0);
  expect(total).toBeGreaterThan(50_000);
  expect(total).toBeLessThan(200_000);
  await visit.context.close();
});
