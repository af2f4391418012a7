// What a designer does in the first ten minutes, in a real Chromium against a real server: sign up, make a project,
// bring in a plan, look at its rooms, correct one, and find everything again.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { samplePlan, samplePlanDxf } from '../../engine/plan/generator/sample.ts';
import { keepScreenshot, launchBrowser, openVisit, type Visit } from './browser.ts';
import { startServer, type TestServer } from './server.ts';

const SEED = 11;
const EMAIL = 'ada@studio.example';
const PASSWORD = 'a long enough sentence';

let server: TestServer;
let browser: Browser;
let visit: Visit;

beforeAll(async () => {
  server = await startServer();
  browser = await launchBrowser();
  visit = await openVisit(browser, server.url);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

function plan(name: string, bytes: Uint8Array) {
  return { name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) };
}

describe('a designer', () => {
  test('is led from any address to the sign-in, registers, and arrives where they wanted to go', async () => {
    const { page } = visit;
    await page.goto('/projects?status=draft');
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.getByRole('link', { name: 'Create an account' }).click();
    await page.getByLabel('First name').fill('Ada');
    await page.getByLabel('Last name').fill('Marsh');
    await page.getByLabel('E-mail').fill(EMAIL);
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByLabel(/Company/).fill('Studio Marsh');
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.waitForURL('**/projects?status=draft');
    await page.getByText('No project matches').waitFor();
    expect(visit.takeProblems()).toEqual([]);
  });

  test('makes the first project from the empty list', async () => {
    const { page } = visit;
    await page.goto('/projects');
    await page.getByRole('button', { name: 'Start a project' }).waitFor();
    await keepScreenshot(page, 'journey-1-no-projects');
    await page.getByRole('button', { name: 'Start a project' }).click();
    await page.getByLabel('Name').fill('Quay Street, first floor');
    await page.getByLabel(/Client/).fill('Larkfield Mutual');
    await page.getByLabel(/Budget/).fill('250k');
    await page.getByRole('button', { name: 'Create project' }).click();
    await page.waitForURL('**/plan');
    await page.getByRole('heading', { name: 'Start with the floor plan' }).waitFor();
    expect(visit.takeProblems()).toEqual([]);
  });

  test('is told in place why a file cannot be read', async () => {
    const { page } = visit;
    const broken = plan('torn.dxf', samplePlanDxf(SEED).slice(0, 4000));
    await page.getByLabel('Floor plan file').setInputFiles(broken);
    await page
      .getByText(/torn\.dxf could not be read|The file was not taken/)
      .first()
      .waitFor({ timeout: 60_000 });
    await keepScreenshot(page, 'journey-2-failed-plan');
    visit.takeProblems();
  });

  test('brings in a plan and sees its rooms drawn and listed', async () => {
    const { page } = visit;
    await page
      .getByLabel('Floor plan file')
      .last()
      .setInputFiles(plan('quay.dxf', samplePlanDxf(SEED)));
    const rooms = page.locator('[data-room]');
    await rooms.first().waitFor({ timeout: 90_000 });
    const found = await rooms.count();
    expect(found).toBeGreaterThan(samplePlan(SEED).rooms.length * 0.6);
    await page.getByText('Rooms by type').waitFor();
    await keepScreenshot(page, 'journey-3-plan');

    await page.getByRole('navigation', { name: 'Steps' }).getByText('Spaces').click();
    await page.getByRole('list', { name: 'Rooms' }).waitFor();
    expect(await page.getByText(new RegExp(`^${found} rooms, `)).count()).toBe(1);
    expect(visit.takeProblems()).toEqual([]);
  });

  test('selects a room on the plan and in the list, and the address keeps it', async () => {
    const { page } = visit;
    const first = page.getByRole('list', { name: 'Rooms' }).getByRole('button', { expanded: false }).first();
    await first.click();
    await page.waitForURL(/space=/);
    const selected = page.locator('[data-room][aria-pressed="true"]');
    expect(await selected.count()).toBe(1);
    const id = await selected.getAttribute('data-room');
    expect(page.url()).toContain(id!);

    const other = page.locator(`[data-room]:not([data-room="${id}"])`).nth(4);
    await other.focus();
    await page.keyboard.press('Enter');
    const otherId = await other.getAttribute('data-room');
    await page.waitForURL(new RegExp(otherId!));
    await page.reload();
    await page.locator(`[data-room="${otherId}"][aria-pressed="true"]`).waitFor();
    await page.getByLabel('Type of the room').waitFor();
    await keepScreenshot(page, 'journey-4-spaces');
    expect(visit.takeProblems()).toEqual([]);
  });

  test('corrects a room, takes it back, and the correction is saved', async () => {
    const { page } = visit;
    const type = page.getByLabel('Type of the room');
    const before = await type.inputValue();
    await type.selectOption(before === 'storage' ? 'reception' : 'storage');
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => type.inputValue()).toBe(before);
    await page.getByRole('button', { name: /^Name:/ }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Listening room');
    const saved = page.waitForResponse(
      (response) => response.ok() && (response.request().postData() ?? '').includes('Listening room'),
    );
    await page.keyboard.press('Enter');
    await page.getByText('Listening room').first().waitFor();
    await expect
      .poll(() => page.locator('[data-room][aria-pressed="true"]').getAttribute('aria-label'))
      .toContain('Listening room');
    await saved;
    await page.reload();
    await page.getByText('Listening room').first().waitFor();
    expect(visit.takeProblems()).toEqual([]);
  });

  test('moves about the drawing by wheel, drag and keys', async () => {
    const { page } = visit;
    const camera = () => page.locator('.plan-view > svg > g').first().getAttribute('transform');
    const box = (await page.locator('.plan-view').boundingBox())!;
    await page.locator('.plan-view > svg').waitFor();
    const start = await camera();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.wheel(0, -300);
    await expect.poll(camera).not.toBe(start);
    const zoomed = await camera();
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2 + 80, box.y + box.height / 2 + 30, { steps: 4 });
    await page.mouse.up();
    await expect.poll(camera).not.toBe(zoomed);
    const url = page.url();
    await page.locator('.plan-view').focus();
    await page.keyboard.press('f');
    await page.keyboard.press('ArrowRight');
    expect(page.url()).toBe(url);
    expect(visit.takeProblems()).toEqual([]);
  });

  test('sees metres and the dark theme on every machine after choosing them', async () => {
    const { page } = visit;
    const saved = page.waitForResponse(
      (response) => response.url().endsWith('/auth/me') && response.request().method() === 'PATCH',
    );
    await page.getByRole('button', { name: 'Units: imperial' }).click();
    await saved;
    await page.getByText(/m²/).first().waitFor();
    const savedTheme = page.waitForResponse(
      (response) => response.url().endsWith('/auth/me') && response.request().method() === 'PATCH',
    );
    await page.getByRole('button', { name: 'Dark theme' }).click();
    await savedTheme;
    const elsewhere = await openVisit(browser, server.url);
    await elsewhere.page.goto('/sign-in');
    await elsewhere.page.getByLabel('E-mail').fill(EMAIL);
    await elsewhere.page.getByLabel('Password').fill(PASSWORD);
    await elsewhere.page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await elsewhere.page.getByRole('button', { name: 'Units: metric' }).waitFor();
    expect(await elsewhere.page.locator('html').getAttribute('data-theme')).toBe('dark');
    await elsewhere.context.close();
    expect(visit.takeProblems()).toEqual([]);
  });

  test('goes anywhere from the palette, and finds the shortcuts under "?"', async () => {
    const { page } = visit;
    await page.keyboard.press('Control+k');
    await page.getByPlaceholder('Project, room, page or action').fill('listening');
    await page.getByRole('option', { name: /Listening room/ }).click();
    await page.waitForURL(/spaces\?.*space=/);
    await page.keyboard.press('?');
    await page.getByRole('heading', { name: 'Keyboard' }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('g');
    await page.keyboard.press('p');
    await page.getByRole('heading', { name: 'Projects', level: 1 }).waitFor();
    expect(visit.takeProblems()).toEqual([]);
  });

  test('deletes a project, takes it back, and finds deleted ones again', async () => {
    const { page } = visit;
    const row = page.getByRole('link', { name: 'Quay Street, first floor' });
    const remove = async () => {
      await page.getByRole('button', { name: 'Actions for Quay Street, first floor' }).click();
      await page.getByRole('menuitem', { name: 'Delete' }).click();
      await expect.poll(() => row.count()).toBe(0);
    };
    await remove();
    await page.getByRole('button', { name: 'Undo' }).click();
    await row.waitFor();
    await remove();
    await page.goto('/projects?deleted=true');
    await page.getByRole('button', { name: 'Actions for Quay Street, first floor' }).click();
    await page.getByRole('menuitem', { name: 'Restore' }).click();
    await page.goto('/projects');
    await row.waitFor();
    await keepScreenshot(page, 'journey-5-projects');
    expect(visit.takeProblems()).toEqual([]);
  });

  test('signs out, and a page of theirs asks to sign in again', async () => {
    const { page } = visit;
    await page.getByRole('button', { name: /Account of/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.goto('/projects');
    await page.waitForURL('**/sign-in?redirect=**');
    expect(visit.takeProblems()).toEqual([]);
  });
});
