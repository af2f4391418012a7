// What one call of the event intake may weigh: a full call of ordinary page views is taken, an absurd one is not.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestApp, type TestApp } from '../../../test/harness/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(async () => await app?.close());

const view = (note: string) => ({
  event_name: 'page_viewed',
  event_type: 'page_view',
  session_id: randomUUID(),
  page_url: `https://app.example/projects/${randomUUID()}/furniture?tab=seating`,
  page_title: 'Furniture of the third floor',
  properties: { note },
});

it('takes a full call of 1,000 events with a kilobyte of properties each, and refuses one more', async () => {
  const events = Array.from({ length: 1000 }, () => view('n'.repeat(1024)));
  const { status, body } = await app.anonymous.post('/api/v1/events', { events });
  expect({ status, body }).toEqual({ status: 202, body: { accepted: 1000, rejected: [] } });
  const more = await app.anonymous.post('/api/v1/events', { events: [...events, view('')] });
  expect(more.status).toBe(400);
});

it('refuses what no browser sends', async () => {
  const events = Array.from({ length: 1000 }, () => view('n'.repeat(15_000)));
  expect((await app.anonymous.post('/api/v1/events', { events })).status).toBe(413);
});
