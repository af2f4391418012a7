// From what a browser sends to what is stored: completed, checked one by one, and without what should not be kept.

import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventBatch, EventRow, ProductViewRow } from '../../contract/events.ts';
import { deviceOf, type EventSender, eventRows, truncatedIp, withoutSecrets } from './event-rows.ts';

const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1';

const sender: EventSender = {
  user_id: randomUUID(),
  organization_id: randomUUID(),
  user_type: 'dealer',
  user_agent: CHROME,
  ip_address: '203.0.113.77',
  received_at: new Date('2026-06-15T12:00:00.000Z'),
};

const event = (over: object = {}) => ({
  event_name: 'plan_opened',
  event_type: 'action',
  session_id: randomUUID(),
  ...over,
});

describe('an event', () => {
  it('gets its sender, its device, a shortened address and a time', () => {
    const { rows, rejected } = eventRows(
      EventBatch.parse({ events: [event({ properties: { user_type: 'admin', n: 1 } })] }),
      sender,
    );
    expect(rejected).toEqual([]);
    expect(EventRow.parse(rows.events[0])).toMatchObject({
      user_id: sender.user_id,
      organization_id: sender.organization_id,
      properties: '{"user_type":"dealer","n":1,"sent_by":"browser"}',
      device_type: 'desktop',
      browser: 'Chrome 140',
      os: 'Windows 10',
      ip_address: '203.0.113.0',
      country: '',
      timestamp: '2026-06-15T12:00:00.000Z',
    });
  });

  it('that is not valid is set aside with its place and reason; the others go on', () => {
    const event_id = randomUUID();
    const good = event({ event_id, timestamp: '2026-06-14T00:00:00Z' });
    const batch = EventBatch.parse({
      events: [
        good,
        null,
        event({ session_id: 'x' }),
        event({ timestamp: '2026-05-01T00:00:00Z' }),
        event({ timestamp: '2026-06-15T13:00:00Z' }),
        event({ properties: { long: 'x'.repeat(20_000) } }),
      ],
      product_views: [
        { product_id: randomUUID(), session_id: randomUUID(), viewed_from: 'search' },
        { product_id: 7 },
      ],
    });
    const { rows, rejected, dead_letters } = eventRows(batch, sender);
    expect(rows.events.map((row) => row.event_id)).toEqual([event_id]);
    expect(rejected.map(({ stream, index }) => `${stream} ${index}`)).toEqual([
      'events 1',
      'events 2',
      'events 3',
      'events 4',
      'events 5',
      'product_views 1',
    ]);
    expect(rejected[1]?.reason).toContain('session_id');
    expect(rejected[2]?.reason).toContain('30 days');
    expect(rejected[3]?.reason).toContain('future');
    expect(rejected[4]?.reason).toContain('properties');
    expect(dead_letters).toHaveLength(6);
    expect(ProductViewRow.parse(rows.product_views[0])).toMatchObject({
      viewed_from: 'search',
      view_duration_seconds: 0,
      clicked_images: false,
    });
  });

  it('becomes a row that needs no second check, whatever was sent, with its id in front', () => {
    const text = (max: number) => fc.string({ unit: 'binary', maxLength: max });
    const address = fc.tuple(fc.webUrl(), text(300)).map(([url, more]) => `${url}?q=${more}#x`);
    const input = fc.record(
      {
        event_id: fc.uuid(),
        event_name: fc.constantFrom('plan_opened', 'a', 'Not A Name'),
        event_type: fc.constant('action'),
        session_id: fc.uuid(),
        anonymous_id: text(140),
        project_id: fc.option(fc.uuid()),
        properties: fc.dictionary(text(20), fc.jsonValue()),
        page_url: fc.oneof(address, text(2_100)),
        page_title: text(510),
        referrer: address,
        extra: fc.anything(),
      },
      { requiredKeys: ['event_name', 'event_type', 'session_id'] },
    );
    const view = fc.record(
      {
        view_id: fc.uuid(),
        product_id: fc.uuid(),
        session_id: fc.uuid(),
        viewed_from: fc.constantFrom('search', 'direct'),
        view_duration_seconds: fc.integer({ min: -1, max: 90_000 }),
        clicked_specs: fc.boolean(),
      },
      { requiredKeys: ['product_id', 'session_id', 'viewed_from'] },
    );
    fc.assert(
      fc.property(fc.array(input), fc.array(view), text(700), (events, product_views, user_agent) => {
        const { rows, rejected } = eventRows({ events, product_views }, { ...sender, user_agent });
        expect(rows.events.length + rows.product_views.length + rejected.length).toBe(
          events.length + product_views.length,
        );
        for (const row of rows.events) {
          expect(EventRow.strict().parse(row)).toMatchObject(row);
          expect(Object.keys(row)[0]).toBe('event_id');
        }
        for (const row of rows.product_views) {
          expect(ProductViewRow.strict().parse(row)).toMatchObject(row);
          expect(Object.keys(row)[0]).toBe('view_id');
        }
      }),
      { numRuns: 50 },
    );
  });

  it('list that is longer than a thousand is refused as a whole', () => {
    const many = Array.from({ length: 600 }, () => event());
    expect(EventBatch.safeParse({ events: many, product_views: many }).success).toBe(false);
    expect(EventBatch.safeParse({ events: [...many, ...many] }).success).toBe(false);
    expect(EventBatch.safeParse({ events: many }).success).toBe(true);
  });
});

it.each([
  ['198.51.100.23', '198.51.100.0'],
  ['::ffff:198.51.100.23', '198.51.100.0'],
  ['2001:db8:abcd:12:34:56:78:9a', '2001:db8:abcd::'],
  ['2001:db8::1', '2001:db8::'],
  ['fe80::1%eth0', 'fe80::'],
  ['::1', '::'],
  ['unknown', ''],
  ['', ''],
])('the address %j is kept as %j', (address, kept) => {
  expect(truncatedIp(address)).toBe(kept);
});

it('a URL loses its fragment, its user and what may be secret', () => {
  expect(withoutSecrets('https://u:p@example.com/reset?token=abc&page=2#top')).toBe(
    'https://example.com/reset?token=&page=2',
  );
  expect(withoutSecrets('/projects/1?invite_code=x')).toBe('/projects/1');
  expect(withoutSecrets('')).toBe('');
});

it('the device is read from the user agent', () => {
  expect(deviceOf(IPHONE)).toEqual({ device_type: 'mobile', browser: 'Safari 18', os: 'iOS 18' });
  expect(deviceOf('')).toEqual({ device_type: '', browser: '', os: '' });
  expect(
    deviceOf('Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)').device_type,
  ).toBe('bot');
});
