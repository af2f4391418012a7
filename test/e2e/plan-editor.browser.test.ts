// Correcting a read plan in a real browser: corners, cuts, merges, new rooms and their way back, by pointer and by
// keyboard; the review of doubtful rooms; measuring and the scale.
import type { Browser, Page, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Space } from '../../contract/floorplans.ts';
import { samplePlanDxf } from '../../engine/plan/generator/sample.ts';
import { until } from '../servers/processes.ts';
import { keepScreenshot, launchBrowser, openVisit, type Visit } from './browser.ts';
import { startServer, type TestServer } from './server.ts';

const SEED = 23;

let server: TestServer;
let browser: Browser;
let visit: Visit;
let projectId: string;
let planId: string;
let cookie = '';

async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const form = body instanceof FormData;
  const response = await fetch(`${server.url}/api/v1${path}`, {
    method,
    headers: { cookie, ...(body === undefined || form ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  const set = response.headers.get('set-cookie');
  if (set) cookie = set.split(';')[0] ?? '';
  return text === '' ? (null as T) : (JSON.parse(text) as T);
}

beforeAll(async () => {
  server = await startServer();
  browser = await launchBrowser();
  await call('POST', '/auth/register', {
    first_name: 'Noor',
    last_name: 'Field',
    email: 'noor@field.example',
    password: 'paper and pencil lines',
  });
  projectId = (await call<{ id: string }>('POST', '/projects', { name: 'Mill Lane, ground floor' })).id;
  const form = new FormData();
  form.append('file', new Blob([Buffer.from(samplePlanDxf(SEED))]), 'mill-lane.dxf');
  planId = (await call<{ id: string }>('POST', `/projects/${projectId}/floor-plans`, form)).id;
  await until(
    async () => (await call<{ status: string }>('GET', `/floor-plans/${planId}`)).status === 'analyzed',
    'The plan was not read.',
  );
  visit = await openVisit(browser, server.url);
  const [name = '', value = ''] = cookie.split('=');
  await visit.context.addCookies([{ name, value, url: server.url }]);
  await visit.page.goto(`/projects/${projectId}/spaces`);
  await visit.page.locator('[data-room]').first().waitFor();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const saved = async (): Promise<Space[]> =>
  (await call<{ items: Space[] }>('GET', `/floor-plans/${planId}/spaces?limit=200`)).items;
/** A busy machine answers late. */
const poll = <T>(what: () => T | Promise<T>, options = { timeout: 20_000 }) => expect.poll(what, options);
const room = (page: Page, id: string) => page.locator(`[data-room="${id}"]`);
const shown = (page: Page) => page.locator('[data-room]').count();
const middle = async (page: Page, selector: string) => {
  const box = (await page.locator(selector).first().boundingBox())!;
  return { x: box.x + box.width / 2, y: box.y + box.height / 2, box };
};

/** Waits until what is on screen has been answered by the server. */
async function settled(page: Page, text: RegExp | string): Promise<void> {
  await page.getByText(text).first().waitFor();
}

async function selectByKeys(page: Page, id: string): Promise<void> {
  await room(page, id).focus();
  if ((await room(page, id).getAttribute('aria-pressed')) !== 'true') await page.keyboard.press('Enter');
  await page.locator(`[data-room="${id}"][aria-pressed="true"]`).waitFor();
}

/** A private office along the outside wall: four corners, neighbours at its sides. */
async function office(): Promise<Space> {
  const found = (await saved()).find(
    (space) => space.type === 'private_office' && space.source_polygon.length === 4,
  );
  if (!found) throw new Error('The sample plan has no plain office.');
  return found;
}

describe('by pointer, a person', () => {
  test('moves a corner, sees the area at once, and finds it again after a reload', async () => {
    const { page } = visit;
    const before = await office();
    await room(page, before.id).click();
    await page.keyboard.press('c');
    await page.locator('[data-corner="0"]').waitFor();
    const corner = await middle(page, '[data-corner="0"]');
    const center = await middle(page, `[data-room="${before.id}"]`);
    const sent = page.waitForResponse((response) => response.url().endsWith('/edits'));
    await page.mouse.move(corner.x, corner.y);
    await page.mouse.down();
    await page.mouse.move((corner.x * 2 + center.x) / 3, (corner.y * 2 + center.y) / 3, { steps: 4 });
    await page
      .getByRole('region', { name: 'Outline in hand' })
      .getByText(/sq ft, −/)
      .waitFor();
    await page.mouse.up();
    expect((await sent).ok()).toBe(true);
    await keepScreenshot(page, 'plan-editor-1-corner');
    const after = (await saved()).find((space) => space.id === before.id)!;
    expect(after.area_sqft!).toBeLessThan(before.area_sqft!);
    expect(after.manually_edited).toBe(true);
    await page.keyboard.press('Escape');
    await page.reload();
    const label = new RegExp(`${Math.round(after.area_sqft!)} sq ft`);
    await poll(() => room(page, before.id).getAttribute('aria-label')).toMatch(label);
    await page.keyboard.press('Control+z');
    await settled(page, /^Taken back: /);
    const back = (await saved()).find((space) => space.id === before.id)!;
    expect(back.source_polygon).toEqual(before.source_polygon);
    expect(visit.takeProblems()).toEqual([]);
  });

  test('cuts a room from wall to wall and joins the parts again', async () => {
    const { page } = visit;
    const before = await office();
    const rooms = await saved();
    const count = await shown(page);
    const { box } = await middle(page, `[data-room="${before.id}"]`);
    await room(page, before.id).click({ position: { x: box.width / 3, y: box.height / 3 } });
    if ((await room(page, before.id).getAttribute('aria-pressed')) !== 'true')
      await room(page, before.id).click({ position: { x: box.width / 3, y: box.height / 3 } });
    await page.keyboard.press('s');
    await page.mouse.click(box.x + box.width * 0.4, box.y + 2);
    await page.mouse.move(box.x + box.width * 0.4, box.y + box.height - 2, { steps: 3 });
    await poll(() => page.locator('.plan-part').count()).toBe(2);
    await page.mouse.click(box.x + box.width * 0.4, box.y + box.height - 2);
    await settled(page, /^Cut in two/);
    expect(await shown(page)).toBe(count + 1);
    const halves = await saved();
    const known = new Set(rooms.map((space) => space.id));
    const larger = halves.find((space) => space.id === before.id)!;
    expect(larger.name).toBe(before.name);
    const smaller = halves.find((space) => !known.has(space.id))!;
    expect(larger.area_sqft! + smaller.area_sqft!).toBeCloseTo(before.area_sqft!, 0);

    await page.keyboard.press('v');
    await room(page, smaller.id).click({ modifiers: ['Shift'] });
    await page.getByRole('region', { name: 'Rooms chosen' }).first().waitFor();
    await page.keyboard.press('m');
    await settled(page, /^2 rooms are now /);
    await poll(() => shown(page)).toBe(count);
    const joined = (await saved()).find((space) => space.id === before.id)!;
    expect(joined.area_sqft!).toBeCloseTo(before.area_sqft!, 0);
    expect(visit.takeProblems()).toEqual([]);
  });

  test('retypes several rooms at once, deletes them, and takes both back', async () => {
    const { page } = visit;
    const [one, two] = (await saved()).filter((space) => space.type === 'private_office');
    const list = page.getByRole('list', { name: 'Rooms' });
    const count = await shown(page);
    await page.keyboard.press('Escape');
    await selectByKeys(page, one!.id);
    await room(page, two!.id).click({ modifiers: ['Shift'] });
    await page.getByLabel('Type of the chosen rooms').selectOption('phone_booth');
    await settled(page, '2 rooms are now phone booth');
    expect((await saved()).filter((space) => space.type === 'phone_booth').length).toBeGreaterThanOrEqual(2);
    await list.first().waitFor();
    await page.keyboard.press('Delete');
    await settled(page, '2 rooms deleted');
    await poll(() => shown(page)).toBe(count - 2);
    await page.getByRole('region', { name: 'Messages' }).getByRole('button', { name: 'Undo' }).last().click();
    await poll(() => shown(page)).toBe(count);
    expect(visit.takeProblems()).toEqual([]);
  });
});

describe('by keyboard alone, a person', () => {
  test('walks to a room, nudges a corner by a foot, keeps it, takes it back and does it again', async () => {
    const { page } = visit;
    const before = await office();
    await selectByKeys(page, before.id);
    await page.keyboard.press('c');
    const corner = page.locator('[data-corner="0"]');
    await corner.focus();
    const [x, y] = before.polygon[0]!;
    const [cx, cy] = [0, 1].map((axis) => before.polygon.reduce((sum, at) => sum + at[axis]!, 0) / 4);
    await page.keyboard.press(cx! > x ? 'Shift+ArrowRight' : 'Shift+ArrowLeft');
    await page.keyboard.press(cy! > y ? 'ArrowUp' : 'ArrowDown');
    await page.getByRole('region', { name: 'Outline in hand' }).waitFor();
    const sent = page.waitForResponse((response) => response.url().endsWith('/edits'));
    await page.keyboard.press('Enter');
    await sent;
    const after = (await saved()).find((space) => space.id === before.id)!;
    const moved = after.polygon.some(
      ([px, py]) => Math.abs(Math.abs(px - x) - 1) < 0.01 && Math.abs(Math.abs(py - y) - 1 / 12) < 0.01,
    );
    expect(moved).toBe(true);
    await page.keyboard.press('Control+z');
    await settled(page, /^Taken back: /);
    await page.keyboard.press('Control+Shift+z');
    await settled(page, /^Done again: /);
    const again = (await saved()).find((space) => space.id === before.id)!;
    expect(again.polygon).toEqual(after.polygon);
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Escape');
    expect(visit.takeProblems()).toEqual([]);
  });

  test('deletes a room, draws it anew with the crosshair, and names it', async () => {
    const { page } = visit;
    const before = await office();
    const count = await shown(page);
    await selectByKeys(page, before.id);
    await page.keyboard.press('z');
    const start = await middle(page, `[data-room="${before.id}"]`);
    await page.keyboard.press('Delete');
    await poll(() => shown(page)).toBe(count - 1);
    await page.keyboard.press('d');
    // The crosshair begins where the pointer rests, and goes on by keys.
    await page.mouse.move(start.x, start.y);
    await page.locator('.plan-view').focus();
    for (const keys of [
      ['ArrowRight'],
      ['ArrowRight', 'ArrowRight'],
      ['ArrowDown', 'ArrowDown'],
      ['ArrowLeft', 'ArrowLeft'],
    ]) {
      for (const key of keys) await page.keyboard.press(key);
      await page.keyboard.press('Enter');
    }
    await page.keyboard.press('Enter');
    const card = page.getByRole('form', { name: 'Describe the room' });
    await card.getByLabel('Name').fill('Reading corner');
    await card.getByLabel('Type').selectOption('collaboration');
    await page.keyboard.press('Enter');
    await card.waitFor({ state: 'detached' });
    await poll(async () => (await saved()).find((space) => space.name === 'Reading corner')?.type).toBe(
      'collaboration',
    );
    const made = (await saved()).find((space) => space.name === 'Reading corner')!;
    expect(made.area_sqft!).toBeGreaterThan(1);
    expect(await shown(page)).toBe(count);
    await keepScreenshot(page, 'plan-editor-2-drawn');
    expect(visit.takeProblems()).toEqual([]);
  });
});

describe('beside others, a person', () => {
  test('is told in place when the same room was changed meanwhile, and decides', async () => {
    const { page } = visit;
    const target = await office();
    await selectByKeys(page, target.id);
    await page.keyboard.press('F2');
    const card = page.getByRole('form', { name: 'Describe the room' });
    await card.getByLabel('Name').fill('Mine');
    const faster = async (route: Route) => {
      await call('POST', `/floor-plans/${planId}/edits`, {
        op: 'describe',
        space_ids: [target.id],
        changes: { name: 'Theirs' },
      });
      await route.continue();
    };
    await page.route('**/edits', faster, { times: 1 });
    await page.keyboard.press('Enter');
    await page.getByText('Not saved: the plan was changed meanwhile').waitFor();
    await poll(() => room(page, target.id).getAttribute('aria-label')).toContain('Theirs');
    expect(visit.takeProblems().filter((problem) => !problem.startsWith('412 '))).toEqual([]);
    await page.getByRole('button', { name: 'Apply mine again' }).click();
    await poll(async () => (await saved()).find((space) => space.id === target.id)?.name).toBe('Mine');
    expect(visit.takeProblems()).toEqual([]);
  });
});

describe('in the review, a person', () => {
  test('goes from room to room by keys, confirms, and the address keeps the place', async () => {
    const { page } = visit;
    await page.goto(`/projects/${projectId}/spaces?rooms=review`);
    const queue = page.getByRole('list', { name: 'Rooms to review' });
    await queue.waitFor();
    await page.locator('[data-room]').first().waitFor();
    await page.keyboard.press('j');
    await page.waitForURL(/space=/);
    const first = new URL(page.url()).searchParams.get('space');
    await page.keyboard.press('j');
    await poll(() => new URL(page.url()).searchParams.get('space')).not.toBe(first);
    await page.keyboard.press('k');
    await poll(() => new URL(page.url()).searchParams.get('space')).toBe(first);
    const sent = page.waitForResponse((response) => response.url().endsWith('/edits'));
    await page.keyboard.press('Enter');
    expect((await sent).ok()).toBe(true);
    await poll(async () => (await saved()).find((space) => space.id === first)?.reviewed).toBe(true);
    await queue.getByText('reviewed').first().waitFor();
    await keepScreenshot(page, 'plan-editor-3-review');
    await page.reload();
    await queue.waitFor();
    expect(visit.takeProblems()).toEqual([]);
  });
});

describe('with a length, a person', () => {
  test('measures, then corrects a wrong scale by two points, and the drawing stays while it is read again', async () => {
    const { page } = visit;
    await page.goto(`/projects/${projectId}/plan`);
    await page.locator('[data-room]').first().waitFor();
    const plain = await office();
    const width = Math.max(...plain.polygon.map(([px]) => px)) - Math.min(...plain.polygon.map(([px]) => px));
    const { box } = await middle(page, `[data-room="${plain.id}"]`);
    await page.keyboard.press('r');
    await page.mouse.click(box.x + 1, box.y + 1);
    await page.mouse.click(box.x + box.width - 1, box.y + 1);
    const feet = `${Math.floor(Math.round(width * 12) / 12)}′`;
    await page.locator('.plan-plate', { hasText: feet }).first().waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('l');
    await page.mouse.click(box.x + 1, box.y + 1);
    await page.mouse.click(box.x + box.width - 1, box.y + 1);
    const field = page.getByRole('textbox', { name: 'Distance' });
    await field.fill('as long as it is');
    await page.keyboard.press('Enter');
    await page.getByText(/Write it as on a drawing/).waitFor();
    await field.fill(`${(width * 2 * 0.3048).toFixed(3)} m`);
    await page.keyboard.press('Enter');
    await page
      .getByText(/waits to be read|Reading mill-lane/)
      .first()
      .waitFor();
    expect(await shown(page)).toBeGreaterThan(3);
    await poll(async () => (await call<{ status: string }>('GET', `/floor-plans/${planId}`)).status, {
      timeout: 60_000,
    }).toBe('analyzed');
    await poll(
      async () => (await saved()).find((space) => space.id === plain.id)!.area_sqft! / plain.area_sqft!,
    ).toBeCloseTo(4, 1);
    expect(visit.takeProblems()).toEqual([]);
  });
});

describe('with several floors, a person', () => {
  test('adds one, orders them, replaces a file and sees what that changed, takes one out and back', async () => {
    const { page } = visit;
    const file = (name: string, text: string) => ({
      name,
      mimeType: 'application/octet-stream',
      buffer: Buffer.from(text),
    });
    const text = new TextDecoder().decode(samplePlanDxf(SEED + 1));
    await page.getByLabel('File of another floor').setInputFiles(file('upper.dxf', text));
    await page.getByRole('button', { name: 'On the sheet: upper.dxf' }).waitFor();
    await page.locator('[data-room]').first().waitFor();
    const upper = new URL(page.url()).searchParams.get('floor')!;
    await page.getByRole('button', { name: 'Actions for Level 2' }).click();
    await page.getByRole('menuitem', { name: 'Move up' }).click();
    const plans = async () =>
      (await call<{ items: { id: string }[] }>('GET', `/projects/${projectId}/floor-plans`)).items;
    await poll(async () => (await plans())[0]?.id).toBe(upper);

    const rooms = async () =>
      (await call<{ items: Space[] }>('GET', `/floor-plans/${upper}/spaces?limit=200`)).items;
    const [kept] = await rooms();
    await selectByKeys(page, kept!.id);
    await page.keyboard.press('F2');
    const card = page.getByRole('form', { name: 'Describe the room' });
    await card.getByLabel('Name').fill('Quiet library');
    await page.keyboard.press('Enter');
    await poll(async () => (await rooms()).some((space) => space.name === 'Quiet library')).toBe(true);
    const revised = text.replace(/^(.*CORRIDOR.*)$/m, 'GALLERY');
    expect(revised).not.toBe(text);
    await page.getByLabel('Revised file of Level 2').setInputFiles(file('upper-b.dxf', revised));
    await page.getByRole('button', { name: /^Changed GALLERY/ }).waitFor();
    await page.getByRole('button', { name: /^Kept Quiet library/ }).click();
    await page.locator('.plan-difference-kept').waitFor();
    await keepScreenshot(page, 'plan-editor-4-differences');

    await page.getByRole('button', { name: 'Actions for Level 2' }).click();
    await page.getByRole('menuitem', { name: 'Take out of the project' }).click();
    await poll(async () => (await plans()).length).toBe(1);
    await page.getByRole('button', { name: 'Undo' }).last().click();
    await poll(async () => (await plans()).length).toBe(2);
    expect((await rooms()).some((space) => space.name === 'Quiet library')).toBe(true);
    expect(visit.takeProblems()).toEqual([]);
  });
});
