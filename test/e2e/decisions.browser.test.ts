// From the brief to a chosen scenario in a real browser: what a person types, corrects, accepts, refuses and selects,
// and that a product can be found and looked at.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser, openVisit, type Visit } from './browser.ts';
import { type Prepared, prepareProject } from './prepared-project.ts';
import { startServer, type TestServer } from './server.ts';

let server: TestServer;
let browser: Browser;
let prepared: Prepared;
let visit: Visit;

beforeAll(async () => {
  server = await startServer();
  browser = await launchBrowser();
  prepared = await prepareProject(server.url);
  visit = await openVisit(browser, server.url);
  await visit.context.addCookies([prepared.cookie]);
  visit.page.setDefaultTimeout(30_000);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

async function openStep(step: string) {
  await visit.page.goto(`/projects/${prepared.project_id}/${step}`);
  return visit.page;
}

describe('in the brief, a person', () => {
  test('sees each field with the sentence it came from, and finds that sentence in the message', async () => {
    const page = await openStep('brief');
    await page.getByRole('button', { name: 'People: 60. Edit' }).waitFor();
    await page
      .getByRole('button', { name: /We are 60 people.*1$/ })
      .first()
      .click();
    expect(await page.locator('mark').textContent()).toContain('60 people');
  });

  test('corrects by writing, sees before and after, and takes it back', async () => {
    const { page } = visit;
    const message = page.getByRole('textbox', { name: 'Message' });
    await message.fill('Actually make it 52 workstations.');
    await message.press('Enter');
    await page.getByRole('button', { name: 'Workstations: 52. Edit' }).waitFor();
    const change = page.locator('li', { has: page.locator('del', { hasText: '48' }) }).last();
    expect(await change.locator('ins').last().textContent()).toBe('52');
    await page.getByRole('button', { name: 'Undo this' }).last().click();
    await page.getByRole('button', { name: 'Workstations: 48. Edit' }).waitFor();
    await page.getByText('changed since').last().waitFor();
  });

  test('corrects a field in place; a slip is said beside it and nothing is lost', async () => {
    const { page } = visit;
    await page.getByRole('button', { name: 'People: 60. Edit' }).click();
    const field = page.getByRole('textbox', { name: 'People' });
    await field.fill('many');
    await field.press('Enter');
    await page.getByText('Give a number, for instance 48').waitFor();
    expect(await field.inputValue()).toBe('many');
    await field.fill('64');
    await field.press('Enter');
    await page.getByRole('button', { name: 'People: 64. Edit' }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'People: 64. Edit' }).waitFor();
  });

  test('keeps a message that did not arrive, and sends it again', async () => {
    const { page } = visit;
    const message = page.getByRole('textbox', { name: 'Message' });
    await page.route('**/messages', (route) =>
      route.request().method() === 'POST' ? route.abort() : route.continue(),
    );
    await message.fill('Delivery may slip by ten days.');
    await message.press('Enter');
    await page.getByText('The message did not arrive').waitFor();
    await page.unroute('**/messages');
    visit.takeProblems();
    await page.getByRole('button', { name: 'Send again' }).click();
    await page.getByText('The message did not arrive').waitFor({ state: 'detached' });
    await page.locator('li', { hasText: 'Delivery may slip by ten days.' }).first().waitFor();
    expect(visit.takeProblems()).toEqual([]);
  });
});

describe('in the furniture list, a person', () => {
  test('walks with j, accepts with a and locks with l, and the room follows on the plan', async () => {
    const page = await openStep('furniture');
    await page
      .getByRole('button', { name: /pieces?/ })
      .first()
      .waitFor();
    await page.keyboard.press('j');
    await page.getByRole('button', { name: 'Accept', exact: true }).waitFor();
    const address = new URL(page.url());
    expect(address.searchParams.get('item')).toBeTruthy();
    expect(address.searchParams.get('space')).toBeTruthy();
    await page.keyboard.press('a');
    await page.getByRole('button', { name: 'Accepted', exact: true }).waitFor();
    const saved = page.waitForResponse(
      (response) => response.ok() && (response.request().postData() ?? '').includes('"locked":true'),
    );
    await page.keyboard.press('l');
    await page.getByRole('button', { name: 'Unlock' }).waitFor();
    await saved;
    await page.reload();
    await page.getByRole('button', { name: 'Unlock' }).waitFor();
    await page.keyboard.press('l');
    await page.getByRole('button', { name: 'Lock', exact: true }).waitFor();
  });

  test('refuses with a reason and takes it back', async () => {
    const { page } = visit;
    await page.keyboard.press('r');
    await page.getByRole('button', { name: 'Too expensive' }).click();
    await page.getByRole('button', { name: 'Reject', exact: true }).click();
    await page.getByText(/ rejected, −/).waitFor();
    await page.getByRole('button', { name: 'Undo' }).last().click();
    await page.getByRole('button', { name: 'Reject', exact: true }).waitFor();
    expect(visit.takeProblems()).toEqual([]);
  });

  test('swaps for an alternative, and the sum of the bill follows', async () => {
    const { page } = visit;
    const headline = page.getByText(/pieces, furniture/);
    const swaps = page.getByRole('button', { name: 'Swap' });
    for (let at = 0; at < 20 && (await swaps.count()) === 0; at++) {
      await page.keyboard.press('j');
      await page.waitForTimeout(300);
    }
    const before = await headline.textContent();
    await swaps.first().click();
    await page.getByText(/^Swapped for/).waitFor();
    await expect.poll(() => headline.textContent(), { timeout: 15_000 }).not.toBe(before);
    expect(visit.takeProblems()).toEqual([]);
  });
});

describe('with whole rooms, a person', () => {
  test('is told how many a room holds, accepts the room by key, and takes an arrangement and gives it back', async () => {
    const { page } = visit;
    const quantity = page.getByRole('textbox', { name: /^Quantity of/ });
    await quantity.fill('900');
    await quantity.press('Enter');
    const question = page.getByRole('dialog', { name: 'Not all of it fits' });
    await question.getByText(/of 900 ×/).waitFor();
    await question.getByRole('button', { name: 'Leave as it is' }).click();
    visit.takeProblems();
    await page.keyboard.press('Shift+A');
    await page.getByText(/items? accepted$/).waitFor();
    await page.getByRole('button', { name: 'Arrangement of All rooms' }).click();
    // Each choice is drawn, and says in words what the drawing shows.
    await page.getByRole('button', { name: /^Collaboration.*Plan of All rooms.*\d+ ×/ }).click();
    await page.getByText('All rooms arranged for collaboration').waitFor();
    await page.getByRole('button', { name: 'Undo' }).last().click();
    await page.getByText(/^Taken back: collaboration arrangement/).waitFor();
    expect(visit.takeProblems()).toEqual([]);
  });
});

describe('with the keyboard alone, a person', () => {
  test('accepts a room and rooms like it, takes a room back, and chooses a scenario', async () => {
    const page = await openStep('furniture');
    await page.getByText(/pieces, furniture/).waitFor();
    await page.keyboard.press('Shift+J');
    await page.keyboard.press('Shift+E');
    await page.getByText(/accepted here and in rooms like it$/).waitFor();
    await page.keyboard.press('Shift+L');
    await page.getByText(/locked$/).waitFor();
    await page.keyboard.press('u');
    await page.getByText(/^Taken back: .*locked$/).waitFor();
    const row = page.locator('button[data-item]:focus');
    await page.keyboard.press('Shift+J');
    await page.keyboard.press('j');
    await row.waitFor();
    await page.keyboard.press('r');
    await page.getByRole('button', { name: 'Too expensive' }).waitFor();
    await page.keyboard.press('3');
    await page.keyboard.press('Enter');
    await page.getByText(/ rejected, −/).waitFor();
    await row.waitFor();
    await page.keyboard.press('u');
    await page.getByText(/^Taken back: .*rejected/).waitFor();
    await page.keyboard.press('n');
    await page.locator('dialog button[aria-pressed=true]:focus').waitFor();
    await page.keyboard.press('Escape');
    await page
      .getByRole('button', { name: /^Arrangement of/ })
      .and(page.locator(':focus'))
      .waitFor();
    await page.keyboard.press('5');
    await page.getByRole('table', { name: 'Scenarios compared' }).waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('s');
    await page.getByText(/^Aggressive chosen at/).waitFor();
    await page.keyboard.press('k');
    await page.keyboard.press('s');
    await page.getByText(/^Balanced chosen at/).waitFor();
    await page.keyboard.press('Tab');
    expect(
      await page.evaluate(() => document.activeElement?.closest('[data-step-panel]') !== null),
      'Tab goes on in the panel of the step',
    ).toBe(true);
    await page.keyboard.press('7');
    await page.getByRole('button', { name: 'Approve' }).waitFor();
    await page.keyboard.press('a');
    await page.getByRole('button', { name: 'Approve' }).and(page.locator(':focus')).waitFor();
    expect(visit.takeProblems()).toEqual([]);
  });
});

describe('with a quote that has aged, a person', () => {
  test('is told that a price has changed, and prices it anew', async () => {
    const page = await openStep('furniture');
    await page.getByText(/pieces, furniture/).waitFor();
    const read = async (path: string) => await (await page.request.get(`/api/v1${path}`)).json();
    const { items } = await read(`/projects/${prepared.project_id}/recommendations`);
    const { id } = (await read(`/recommendations/${items[0].id}`)).items[0].product;
    const product = await read(`/products/${id}`);
    const changed = await page.request.patch(`/api/v1/products/${id}`, {
      data: { list_price: product.list_price + 25 },
    });
    expect(changed.ok()).toBe(true);
    await page.reload();
    const told = page.getByRole('region', { name: 'What has changed since the quote' });
    await told
      .getByText(/price|time/)
      .first()
      .waitFor();
    await told.getByRole('button', { name: 'Price anew' }).click();
    await told.waitFor({ state: 'detached' });
    expect(visit.takeProblems()).toEqual([]);
  });
});

describe('with the scenarios, a person', () => {
  test('applies a contract with a chain, and what was bought at list is repriced', async () => {
    const page = await openStep('budget');
    await page.getByRole('button', { name: 'Edit contract and rates' }).click();
    await page.getByRole('textbox', { name: 'Contract' }).fill('State contract');
    await page.getByRole('textbox', { name: 'Discount, row 1' }).fill('50/10/5');
    await page.getByRole('button', { name: 'Save and price anew' }).click();
    await page.getByText('State contract, 50/10/5 at this total').waitFor();
    await page.getByText(/57\.25 % off/).waitFor();
    await page.getByRole('textbox', { name: /^Rent/ }).fill('40');
    await page.getByRole('textbox', { name: /^Area used today/ }).fill('12000');
    await page.getByRole('textbox', { name: /^Area used afterwards/ }).fill('7000');
    await page.getByRole('button', { name: /^Keep with/ }).click();
    await page.getByText('$200,000').first().waitFor();
    expect(visit.takeProblems()).toEqual([]);
  });

  test('compares three and chooses another one, which the project remembers', async () => {
    const page = await openStep('budget');
    await page.getByRole('table', { name: 'Scenarios compared' }).waitFor();
    expect(
      await page.getByRole('table', { name: 'Scenarios compared' }).getByRole('columnheader').count(),
    ).toBe(3);
    await page.getByRole('button', { name: /^Choose Conservative/ }).click();
    await page.getByText(/^Conservative chosen at/).waitFor();
    await page.reload();
    await page.getByText(/^Conservative chosen at/).waitFor();
    expect(visit.takeProblems()).toEqual([]);
  });

  test('sets sustainability targets and sees whether they are met', async () => {
    const page = await openStep('sustainability');
    await page.getByRole('button', { name: 'Set targets' }).click();
    await page.getByLabel('Carbon, t CO2e').fill('900');
    await page.getByLabel('Recycled, %').fill('100');
    await page.getByRole('button', { name: 'Save targets' }).click();
    const targets = page.getByRole('table', { name: 'Targets and what is reached' });
    await targets.getByRole('row', { name: /900\.0 t CO2e at most.*Pass/ }).waitFor();
    await targets.getByRole('row', { name: /100 % or more.*Fail/ }).waitFor();
    expect(visit.takeProblems()).toEqual([]);
  });
});

describe('with limits, a person', () => {
  test('is offered swaps that save a tenth, and takes one up', async () => {
    const page = await openStep('brief');
    const message = page.getByRole('textbox', { name: 'Message' });
    await message.fill('What if 10 % cheaper?');
    await message.press('Enter');
    await page.getByRole('button', { name: /^Swap/ }).first().click();
    await page
      .getByText(/^(Swapped|Taken up)/)
      .first()
      .waitFor();
    expect(visit.takeProblems()).toEqual([]);
  });

  test('is told which limit to relax where none can be kept, and relaxes it', async () => {
    const page = await openStep('brief');
    const message = page.getByRole('textbox', { name: 'Message' });
    await message.fill('Our budget is now at most $1,000.');
    await message.press('Enter');
    await page.getByRole('button', { name: /^Budget up to: \$1,000/ }).waitFor();
    await page.keyboard.press('Escape');
    await openStep('furniture');
    await page.getByRole('button', { name: 'Recommend again' }).waitFor();
    await page.keyboard.press('Shift+R');
    await page.keyboard.press('Enter');
    const card = page.getByRole('region', { name: 'Limits that cannot be kept' });
    await card.getByText('$1,000', { exact: true }).first().waitFor({ timeout: 90_000 });
    await card
      .getByRole('button', { name: /^Relax/ })
      .first()
      .click();
    await card.waitFor({ state: 'detached', timeout: 90_000 });
    await page.getByText(/^Limits were set wider/).waitFor();
    expect(visit.takeProblems()).toEqual([]);
  });
});

describe('in the catalogue, a person', () => {
  test('searches in words, narrows by facet, and the address keeps both', async () => {
    const { page } = visit;
    await page.goto('/catalogue');
    await page.locator('article').first().waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('table under $900');
    await page.waitForURL(/q=table/);
    await page.getByRole('button', { name: /^Remove .*900/ }).waitFor();
    await page.getByRole('button', { name: /^Tables/ }).click();
    await page.waitForURL(/category=tables/);
    await page.getByRole('button', { name: 'Remove Tables' }).waitFor();
    await page.reload();
    expect(await page.getByRole('searchbox').inputValue()).toBe('table under $900');
    await page.goBack();
    await page.getByRole('button', { name: 'Remove Tables' }).waitFor({ state: 'detached' });
  });

  test('opens a product drawn to scale, and the look at it is counted', async () => {
    const { page } = visit;
    const name = (await page.locator('article h3').first().textContent()) ?? '';
    await page.locator('article a').first().click();
    await page.getByRole('heading', { level: 1, name }).waitFor();
    await page.getByRole('img', { name: new RegExp(`${name.slice(0, 8)}.*wide`) }).waitFor();
    const sent = page.waitForRequest((request) => {
      return (
        request.url().endsWith('/api/v1/events') &&
        (request.postData() ?? '').includes('"viewed_from":"search"')
      );
    });
    await page.goBack();
    expect((await sent).postData()).toContain('view_duration_seconds');
    expect(visit.takeProblems()).toEqual([]);
  });
});
