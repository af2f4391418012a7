// The furnished floor in 3D on the built app: under its security policy, linked with the list, walked through without
// touching the list's keys, kept as pictures; and what is said where a browser has no WebGL.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keepScreenshot, launchBrowser, openVisit, type Visit } from './browser.ts';
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

const view = (page: Page) => page.getByRole('application', { name: /^3D view of/ });
const address = (page: Page) => new URL(page.url()).searchParams;

async function open3d(theme: 'light' | 'dark' = 'light'): Promise<Visit> {
  const visit = await openVisit(browser, server.url, { theme });
  await visit.context.addCookies([prepared.cookie]);
  await visit.page.goto(`/projects/${prepared.project_id}/furniture`);
  await visit.page.getByText('3D', { exact: true }).click();
  await visit.page.locator('[data-pieces]').waitFor();
  return visit;
}

/** Presses places of the view from its middle outwards until the address says that a piece is selected. */
async function pressAPiece(page: Page): Promise<string> {
  const box = await view(page).boundingBox();
  if (!box) throw new Error('The view has no size.');
  for (let ring = 0; ring < 8; ring++)
    for (let turn = 0; turn < 12; turn++) {
      const [dx, dy] = [Math.cos((turn * Math.PI) / 6), Math.sin((turn * Math.PI) / 6)];
      await page.mouse.click(
        box.x + box.width * (0.5 + dx * ring * 0.045),
        box.y + box.height * (0.5 + dy * ring * 0.03),
      );
      const item = address(page).get('item');
      if (item !== null) return item;
    }
  throw new Error('No piece was found in the view.');
}

test('a piece pressed in 3D is the item of the list, and the walk leaves the list alone', async () => {
  const visit = await open3d();
  const { page } = visit;
  expect(Number(await view(page).getAttribute('data-draw-calls'))).toBeLessThan(25);
  expect(Number(await view(page).getAttribute('data-pieces'))).toBeGreaterThan(50);
  const item = await pressAPiece(page);
  expect(address(page).get('space')).not.toBeNull();
  expect(address(page).get('as')).toBe('3d');
  const before = await view(page).screenshot();
  const changes: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'PATCH') changes.push(request.url());
  });
  await page.keyboard.press('w');
  await page.getByRole('group', { name: 'Walk' }).waitFor();
  const standing = await view(page).screenshot();
  expect(standing.equals(before)).toBe(false);
  // A and L are keys of the list; here the one is a step, and the other waits until the view is left.
  for (const key of ['s', 'a']) {
    await page.keyboard.down(key);
    await page.waitForTimeout(250);
    await page.keyboard.up(key);
  }
  expect((await view(page).screenshot()).equals(standing)).toBe(false);
  expect(changes).toEqual([]);
  expect(address(page).get('item')).toBe(item);
  await page.keyboard.press('Escape');
  await page.getByRole('group', { name: 'Walk' }).waitFor({ state: 'detached' });
  expect(visit.takeProblems()).toEqual([]);
  await keepScreenshot(page, 'three-1280-light');
  await visit.context.close();
});

test('a picture is kept, shown in the strip, survives a reload and can be deleted', async () => {
  const visit = await open3d('dark');
  const { page } = visit;
  await page.getByRole('button', { name: /^Save picture/ }).click();
  const strip = page.getByRole('region', { name: 'Saved pictures' });
  const picture = strip.getByRole('img');
  await expect.poll(() => picture.count(), SLOW).toBe(1);
  const size = await picture.evaluate(async (image: HTMLImageElement) => {
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.naturalWidth;
    canvas.height = image.naturalHeight;
    const context = canvas.getContext('2d');
    context?.drawImage(image, 0, 0);
    const pixels = context?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
    const colors = new Set<number>();
    for (let i = 0; i < pixels.length; i += 4000)
      colors.add(((pixels[i] ?? 0) << 16) | ((pixels[i + 1] ?? 0) << 8) | (pixels[i + 2] ?? 0));
    return { longest: Math.max(canvas.width, canvas.height), colors: colors.size };
  });
  expect(size.longest).toBe(1920);
  // A canvas that was emptied before it was read would be of one colour.
  expect(size.colors).toBeGreaterThan(8);
  await page.reload();
  await page.locator('[data-pieces]').waitFor();
  await page.getByRole('button', { name: /^Saved pictures/ }).click();
  await strip.getByRole('button', { name: /^Delete/ }).click();
  await expect.poll(() => picture.count(), SLOW).toBe(0);
  expect(visit.takeProblems()).toEqual([]);
  await visit.context.close();
});

test('without WebGL one sentence says so, and the plan stays', async () => {
  const visit = await openVisit(browser, server.url);
  await visit.context.addCookies([prepared.cookie]);
  await visit.page.addInitScript(() => {
    HTMLCanvasElement.prototype.getContext = () => null;
  });
  await visit.page.goto(`/projects/${prepared.project_id}/furniture?as=3d`);
  await visit.page.getByText('This browser cannot draw in 3D').waitFor();
  await visit.page.getByText('Plan', { exact: true }).last().click();
  await visit.page.getByRole('application', { name: 'Floor plan' }).waitFor();
  await visit.context.close();
});
