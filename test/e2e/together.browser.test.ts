// Two people in one project, each in a browser of their own, and a client who comes through a link.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser, openVisit, type Visit } from './browser.ts';
import { type Prepared, prepareProject } from './prepared-project.ts';
import { startServer, type TestServer } from './server.ts';

let server: TestServer;
let browser: Browser;
let prepared: Prepared;
let noor: Visit;

beforeAll(async () => {
  server = await startServer();
  browser = await launchBrowser();
  prepared = await prepareProject(server.url);
  noor = await openVisit(browser, server.url);
  await noor.context.addCookies([prepared.cookie]);
  noor.page.setDefaultTimeout(30_000);
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const at = (rest: string) => `/projects/${prepared.project_id}/${rest}`;

describe('working together', () => {
  test('a comment on a room is counted beside it and resolved', async () => {
    const { page } = noor;
    await page.goto(at('spaces'));
    await page
      .getByRole('button', { name: /^Comment on / })
      .first()
      .click();
    await page.getByRole('textbox', { name: /^Comment on / }).fill('Is this the quiet side?');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByRole('paragraph').filter({ hasText: 'Is this the quiet side?' }).waitFor();
    await page.getByRole('button', { name: 'Resolve' }).click();
    await page.getByText('Nothing is open').waitFor();
    await page.getByRole('button', { name: 'Close comments' }).click();
    expect(noor.takeProblems()).toEqual([]);
  });

  test('the history shows what a change did and brings a version back', async () => {
    const { page } = noor;
    await page.goto(at('spaces?side=history'));
    await page.getByRole('textbox', { name: 'Name of the version' }).fill('Before the visit');
    await page.getByRole('button', { name: 'Keep' }).click();
    const row = page.getByRole('button', { name: /Before the visit/ });
    await row.waitFor();
    await page.evaluate(async (id) => {
      await fetch(`/api/v1/projects/${id}`, {
        method: 'PATCH',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ description: 'Said by telephone' }),
      });
    }, prepared.project_id);
    await row.click();
    await page.getByText('Since then').click();
    await page.getByText('Brief: description changed.').waitFor();
    await page.getByRole('button', { name: 'Bring back' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Bring back' }).click();
    await page.getByRole('button', { name: /Version \d+ brought back: Before the visit/ }).waitFor();
    expect(noor.takeProblems()).toEqual([]);
  });

  test('two changes of one field ask which stays', async () => {
    const { page } = noor;
    await page.goto(at('brief'));
    const people = page.getByRole('button', { name: 'People: 60. Edit' });
    await people.waitFor();
    // Live changes are held back, as on a slow line: this page does not know of the other's change.
    await page.route('**/events*', (route) => route.abort());
    await page.reload();
    await people.click();
    const other = await page.request.get(`/api/v1/projects/${prepared.project_id}`);
    const { requirements } = (await other.json()) as { requirements: Record<string, unknown> };
    await page.request.patch(`/api/v1/projects/${prepared.project_id}`, {
      data: { requirements: { ...requirements, employee_count: 70 } },
    });
    await page.getByRole('textbox', { name: 'People' }).fill('64');
    await page.getByRole('textbox', { name: 'People' }).press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Somebody else changed this too' });
    await dialog.getByLabel(/Mine\s*64/).check();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'People: 64. Edit' }).waitFor();
    await page.unroute('**/events*');
    noor.takeProblems();
  });

  test('a client approves through a link, and the project says so', async () => {
    const { page } = noor;
    await page.goto(at('proposal'));
    await page.getByRole('button', { name: 'Share' }).click();
    const dialog = page.getByRole('dialog', { name: 'Share' });
    await dialog.getByRole('textbox', { name: 'For' }).fill('Teal and Rowe');
    await dialog.getByLabel('They may').selectOption('approver');
    await dialog.getByRole('button', { name: 'Make link' }).click();
    const address = await dialog.getByRole('textbox', { name: 'Address of the link' }).inputValue();
    const client = await openVisit(browser, server.url, { width: 390, height: 844 });
    await client.page.goto(address);
    await client.page.getByRole('button', { name: 'Approve', exact: true }).click();
    await client.page.getByLabel('Your name').last().fill('Kit Rowe');
    await client.page.getByLabel('E-mail').fill('kit@teal.example');
    await client.page.getByRole('button', { name: 'Approve this version' }).click();
    await client.page.getByText(/Kit Rowe approved version \d+/).waitFor();
    expect(client.takeProblems()).toEqual([]);
    await client.context.close();
    await dialog.getByText('kit@teal.example').waitFor();
  });
});
