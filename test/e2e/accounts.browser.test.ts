// Somebody is invited by mail, joins through the letter's link, and leaves; sign-in troubles are explained.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser, openVisit } from './browser.ts';
import { startServer, type TestServer } from './server.ts';

let server: TestServer;
let browser: Browser;
beforeAll(async () => {
  server = await startServer();
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const PASSWORD = 'paper and pencil lines';
async function register(email: string, first_name: string): Promise<string> {
  const answer = await fetch(`${server.url}/api/v1/auth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: PASSWORD, first_name, last_name: 'Sample' }),
  });
  expect(answer.status).toBe(201);
  return answer.headers.getSetCookie()[0]?.split(';')[0]?.split('=')[1] ?? '';
}

test('an invitation goes out, is read in the mailbox and accepted; the account is closed and taken back', async () => {
  const owner = await openVisit(browser, server.url);
  const url = server.url;
  await owner.context.addCookies([
    { name: 'ofs_session', value: await register('owner@example.com', 'Olga'), url },
  ]);
  const { page } = owner;
  await page.goto('/settings/members');
  await page.getByLabel('E-mail').fill('guest@example.com');
  await page.getByRole('button', { name: 'Invite' }).click();
  await page.getByRole('table', { name: 'Open invitations' }).getByText('guest@example.com').waitFor();

  const guest = await openVisit(browser, server.url, { width: 390, theme: 'dark' });
  await guest.context.addCookies([
    { name: 'ofs_session', value: await register('guest@example.com', 'Gale'), url },
  ]);
  // The first account on this server is its administrator, who reads what would have been mailed.
  await page.goto('/admin/mailbox');
  await page.getByRole('button', { name: /Invitation to/ }).click();
  const link = await page.getByRole('link', { name: /\/invitation\?token=/ }).getAttribute('href');
  await guest.page.goto(new URL(link ?? '').pathname + new URL(link ?? '').search);
  await guest.page.getByRole('button', { name: 'Join' }).click();
  await guest.page.getByText(/You are in/).waitFor();
  await page.goto('/settings/members');
  await page.getByRole('table', { name: 'Members' }).getByText('guest@example.com').waitFor();

  await guest.page.goto('/settings/account');
  await guest.page.getByRole('button', { name: 'Close account…' }).click();
  await guest.page.getByLabel('Type guest@example.com to confirm').fill('guest@example.com');
  await guest.page.getByRole('dialog').getByLabel('Your password').fill(PASSWORD);
  await guest.page.getByRole('button', { name: 'Deactivate account' }).click();
  await guest.page.waitForURL(/sign-in/);
  expect(guest.takeProblems()).toEqual([]);
  await guest.page.getByLabel('E-mail').fill('guest@example.com');
  await guest.page.getByLabel('Password').fill(PASSWORD);
  await guest.page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await guest.page.getByText(/You deactivated this account/).waitFor();
  await guest.page.getByRole('button', { name: 'Use the account again' }).click();
  await guest.page.waitForURL(/projects/);
  expect(owner.takeProblems()).toEqual([]);
});

test('a sign-in with a provider that did not work is explained on the sign-in page', async () => {
  const { page, takeProblems } = await openVisit(browser, server.url);
  await page.goto('/sign-in?error=unverified&provider=microsoft');
  await expect(page.getByRole('alert').textContent()).resolves.toContain(
    'Microsoft does not confirm that your e-mail address is yours',
  );
  await page.goto('/sign-in?error=<b>other</b>');
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  expect(await page.getByRole('alert').count()).toBe(0);
  expect(takeProblems()).toEqual([]);
});
