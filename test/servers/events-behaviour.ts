// What every event queue must do, on the journal or on Redis: called by a test file for each.

import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { EventRow } from '../../contract/events.ts';
import type { ClickHouse } from '../../server/platform/clickhouse.ts';
import { insertBatch } from '../../server/platform/event-insert.ts';
import type { EventQueue } from '../../server/platform/events.ts';
import { count } from './clickhouse-behaviour.ts';

export function aRow(over: Partial<EventRow> = {}): EventRow {
  return {
    event_id: randomUUID(),
    event_name: 'plan_opened',
    event_type: 'action',
    session_id: randomUUID(),
    timestamp: new Date().toISOString(),
    ...over,
  };
}

const OF = 'WHERE organization_id = {organization_id:UUID}';

export function eventsBehaviour(
  name: string,
  clickhouse: () => ClickHouse,
  open: (clickhouse: ClickHouse, over?: { remember_ms?: number }) => Promise<EventQueue>,
): void {
  const stored = (organization_id: string) =>
    count(clickhouse(), `SELECT count() AS n FROM events ${OF}`, { organization_id });
  const summed = (organization_id: string) =>
    count(clickhouse(), `SELECT sum(events) AS n FROM events_daily ${OF}`, { organization_id });

  describe(name, () => {
    it('brings rows of every kind to their tables, and their days to the sums', async () => {
      const queue = await open(clickhouse());
      const organization_id = randomUUID();
      const ids = { project_id: randomUUID(), user_id: randomUUID() };
      const view_id = randomUUID();
      const recommendation_id = randomUUID();
      const properties = JSON.stringify({ note: 'two\nlines, "quotes", 椅子' });
      const result = await queue.append({
        events: [aRow({ organization_id, ...ids, properties, timestamp: '2026-05-06T07:08:09.123Z' })],
        product_views: [
          {
            view_id,
            product_id: randomUUID(),
            session_id: randomUUID(),
            viewed_from: 'search',
            clicked_specs: true,
            timestamp: '2026-05-06T07:08:09Z',
          },
        ],
        recommendation_metrics: [
          {
            ...ids,
            recommendation_id,
            total_items: 3,
            total_cost: 1999.95,
            presented_at: '2026-05-06T07:08:09Z',
          },
        ],
      });
      expect(result).toEqual({ accepted: 3, rejected: 0 });
      await queue.drain();
      const [event] = await clickhouse().query(
        `SELECT properties, timestamp, date, user_id FROM events ${OF}`,
        {
          organization_id,
        },
      );
      expect(event).toEqual({
        properties,
        timestamp: '2026-05-06 07:08:09.123',
        date: '2026-05-06',
        user_id: ids.user_id,
      });
      expect(await summed(organization_id)).toBe(1);
      const views = 'SELECT clicked_specs, clicked_images FROM product_views WHERE view_id = {view_id:UUID}';
      expect(await clickhouse().query(views, { view_id })).toEqual([
        { clicked_specs: true, clicked_images: false },
      ]);
      const costs =
        'SELECT total_cost FROM recommendation_metrics WHERE recommendation_id = {recommendation_id:UUID}';
      expect(await clickhouse().query(costs, { recommendation_id })).toEqual([{ total_cost: 1999.95 }]);
      await queue.close();
    });

    it('counts exactly under many callers at once', async () => {
      const queue = await open(clickhouse());
      const organization_id = randomUUID();
      const calls = Array.from({ length: 60 }, () =>
        queue.append({ events: Array.from({ length: 50 }, () => aRow({ organization_id })) }),
      );
      await Promise.all(calls);
      await queue.drain();
      expect([await stored(organization_id), await summed(organization_id)]).toEqual([3000, 3000]);
      expect((await queue.status()).pending).toBe(0);
      await queue.close();
    });

    it('counts an event once that is sent again, at once, later, and after a restart', async () => {
      const organization_id = randomUUID();
      const rows = Array.from({ length: 20 }, () => aRow({ organization_id }));
      const first = await open(clickhouse());
      await Promise.all([first.append({ events: rows }), first.append({ events: rows })]);
      expect(await first.append({ events: [...rows, rows[0]!] })).toEqual({ accepted: 21, rejected: 0 });
      await first.drain();
      await first.append({ events: rows });
      await first.close();
      const second = await open(clickhouse());
      await second.append({ events: [...rows, aRow({ organization_id })] });
      await second.drain();
      expect([await stored(organization_id), await summed(organization_id)]).toEqual([21, 21]);
      await second.close();
    });

    it('counts an event once that is sent again after its id was forgotten, also at the edge of a day', async () => {
      const organization_id = randomUUID();
      const queue = await open(clickhouse(), { remember_ms: 40 });
      const days_ago = (days: number, time: string) =>
        `${new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)}T${time}`;
      const edges = [
        days_ago(3, '23:59:59.999Z'),
        days_ago(2, '00:00:00.000Z'),
        // The same moment as three days ago, late in the evening, told in another zone.
        days_ago(2, '01:30:00.000+02:00'),
        new Date(Date.now() - 3_600_000).toISOString(),
      ];
      const events = edges.map((timestamp) => aRow({ organization_id, timestamp }));
      const view = {
        view_id: randomUUID(),
        product_id: randomUUID(),
        organization_id,
        session_id: randomUUID(),
        viewed_from: 'search' as const,
        timestamp: edges[0]!,
      };
      const late = { events, product_views: [view] };
      await queue.append(late);
      await queue.drain();
      for (let round = 0; round < 3; round++) {
        // Twice the time, with something new in between: no memory of ids is left.
        for (let other = 0; other < 3; other++) {
          await new Promise((resolve) => setTimeout(resolve, 45));
          await queue.append({ events: [aRow()] });
        }
        await queue.drain();
        const again = [...events, aRow({ organization_id, timestamp: edges[1]! })];
        expect(await queue.append({ ...late, events: again })).toEqual({ accepted: 6, rejected: 0 });
        await queue.drain();
      }
      expect([await stored(organization_id), await summed(organization_id)]).toEqual([7, 7]);
      const days = await clickhouse().query<{ n: number }>(
        `SELECT sum(events) AS n FROM events_daily ${OF} GROUP BY date ORDER BY date`,
        { organization_id },
      );
      expect(days.map(({ n }) => Number(n)).sort()).toEqual([1, 2, 4]);
      const views = `SELECT sum(views) AS n FROM product_views_daily ${OF}`;
      expect(await count(clickhouse(), views, { organization_id })).toBe(1);
      await queue.close();
    });

    it('sets rows of a wrong shape aside, with the reason, and takes their neighbours', async () => {
      const queue = await open(clickhouse());
      const organization_id = randomUUID();
      const bad = {
        ...aRow({ organization_id }),
        event_name: 'Not A Name',
        note: organization_id,
      } as EventRow;
      const result = await queue.append({
        events: [aRow({ organization_id }), bad, aRow({ organization_id })],
      });
      expect(result).toEqual({ accepted: 2, rejected: 1 });
      await queue.drain();
      expect(await stored(organization_id)).toBe(2);
      const letters = await clickhouse().query<{ stream: string; reason: string }>(
        'SELECT stream, reason FROM event_dead_letters WHERE position(payload, {text:String}) > 0',
        { text: organization_id },
      );
      expect(letters).toEqual([{ stream: 'events', reason: expect.stringContaining('event_name') }]);
      await queue.close();
    });

    it('sets aside alone what ClickHouse cannot read, again and again the same way', async () => {
      const organization_id = randomUUID();
      const line = (row: object) => `e${JSON.stringify(row)}\n`;
      const rows = Array.from({ length: 33 }, () => line(aRow({ organization_id })));
      rows[7] = line({ ...aRow({ organization_id }), session_id: `no uuid ${organization_id}` });
      rows[21] = `e{"event_id": cut off ${organization_id}\n`;
      const payloads = [Buffer.from(rows.slice(0, 20).join('')), Buffer.from(rows.slice(20).join(''))];
      const token = randomUUID();
      for (let again = 0; again < 2; again++) {
        expect(await insertBatch(clickhouse(), token, payloads)).toEqual({ rows: 31, dead_letters: 2 });
      }
      expect([await stored(organization_id), await summed(organization_id)]).toEqual([31, 31]);
      const letters =
        'SELECT count() AS n FROM event_dead_letters WHERE position(payload, {text:String}) > 0';
      expect(await count(clickhouse(), letters, { text: organization_id })).toBe(2);
    });

    it('keeps everything while ClickHouse is away, and brings it when it is back', async () => {
      const organization_id = randomUUID();
      let lost = 0;
      let away = true;
      const shaky: ClickHouse = {
        ...clickhouse(),
        insertLines: async (table, lines, options) => {
          if (away) throw new Error('the line is dead');
          await clickhouse().insertLines(table, lines, options);
          // The rows are in, but nobody learns of it: they will be sent again.
          lost += 1;
          if (lost < 3) throw new Error('the answer was lost');
        },
      };
      const queue = await open({ ...shaky });
      await queue.append({ events: Array.from({ length: 10 }, () => aRow({ organization_id })) });
      await expect(queue.drain(700)).rejects.toThrow('not all inserted');
      expect((await queue.status()).last_error).toBe('the line is dead');
      expect(await stored(organization_id)).toBe(0);
      away = false;
      await queue.append({ events: [aRow({ organization_id })] });
      await queue.drain();
      expect([await stored(organization_id), await summed(organization_id)]).toEqual([11, 11]);
      await queue.close();
    });
  });
}
