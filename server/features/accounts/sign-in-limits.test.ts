import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestApp, type TestApp } from '../../../test/harness/app.ts';

let t: TestApp;
beforeAll(async () => {
  t = await openTestApp({ SIGN_IN_RATE_PER_15_MINUTES: '3', API_RATE_PER_MINUTE: '20' });
});
afterAll(() => t.close());

it('slows down guessing one account’s password, and says for how long', async () => {
  const statuses: number[] = [];
  let last = await t.anonymous.get('/healthz');
  for (let i = 0; i < 4; i++) {
    last = await t.anonymous.post('/auth/login', { email: 'ada@example.com', password: 'guess number one' });
    statuses.push(last.status);
  }
  expect(statuses).toEqual([401, 401, 401, 429]);
  expect(Number(last.headers['retry-after'])).toBeGreaterThan(0);
  const other = await t.anonymous.post('/auth/login', {
    email: 'bob@example.com',
    password: 'guess number one',
  });
  expect(other.status).toBe(401);
});

it('bounds how many requests one address may make', async () => {
  const statuses = new Set<number>();
  for (let i = 0; i < 25; i++) statuses.add((await t.anonymous.get('/auth/providers')).status);
  expect(statuses).toEqual(new Set([200, 429]));
});
