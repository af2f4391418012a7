// What every ClickHouse of this project must do, embedded or server: called by a test file for each.

import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type ClickHouse, clickHouseErrorCode } from '../../server/platform/clickhouse.ts';
import { createAnalyticsTables } from './clickhouse-schema.ts';

const COLUMNS_OF_EVENTS = `event_id UUID, event_name String, event_type String, user_id Nullable(UUID), session_id UUID,
  anonymous_id String, project_id Nullable(UUID), organization_id Nullable(UUID), properties String, page_url String,
  page_title String, referrer String, user_agent String, device_type String, browser String, os String,
  ip_address String, country String, region String, city String, timestamp DateTime64(3), date Date, ingested_at DateTime`;

/** An event row with the columns that have no default; the rest is up to the caller. */
export function eventRow(over: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    event_id: randomUUID(),
    event_name: 'page_viewed',
    event_type: 'page_view',
    session_id: randomUUID(),
    timestamp: '2026-03-04T05:06:07.089Z',
    ...over,
  };
}

export async function count(
  clickhouse: ClickHouse,
  sql: string,
  params?: Record<string, unknown>,
): Promise<number> {
  return (await clickhouse.query<{ n: number }>(sql, params))[0]?.n ?? 0;
}

export function clickHouseBehaviour(name: string, open: () => ClickHouse): void {
  describe(name, () => {
    it('has the tables of the analytics model, column by column', async () => {
      const columns = await open().query<{ name: string; type: string }>(
        `SELECT name, type FROM system.columns WHERE database = currentDatabase() AND table = 'events' ORDER BY position`,
      );
      const expected = COLUMNS_OF_EVENTS.split(/,\s*(?![^(]*\))/).map((text) => text.trim());
      expect(columns.map((column) => `${column.name} ${column.type}`)).toEqual(expected);
      const tables = await open().query<Record<string, string>>(
        `SELECT name, engine, partition_key, sorting_key FROM system.tables
         WHERE database = currentDatabase() AND name IN ('events', 'product_views', 'recommendation_metrics') ORDER BY name`,
      );
      expect(tables).toEqual(
        [
          ['events', 'date, user_id, session_id, timestamp'],
          ['product_views', 'product_id, date, timestamp'],
          ['recommendation_metrics', 'date, recommendation_id'],
        ].map(([table, sorting_key]) => ({
          name: table,
          engine: 'MergeTree',
          partition_key: 'toYYYYMM(date)',
          sorting_key,
        })),
      );
    });

    it('runs its migrations again without harm', async () => {
      const before = await open().query(
        'SELECT name, create_table_query FROM system.tables WHERE database = currentDatabase() ORDER BY name',
      );
      await createAnalyticsTables(open());
      const after = await open().query(
        'SELECT name, create_table_query FROM system.tables WHERE database = currentDatabase() ORDER BY name',
      );
      expect(after).toEqual(before);
    });

    it('keeps milliseconds, text of every kind and missing users, in UTC', async () => {
      const session_id = randomUUID();
      const properties = JSON.stringify({
        query: `O'Brien "chairs" \\ \t 椅子 {x:String} 🪑\n; DROP TABLE events`,
      });
      const at = new Date(Date.UTC(2026, 2, 1, 0, 30, 0, 7));
      await open().insert('events', [eventRow({ session_id, properties, timestamp: at })]);
      const rows = await open().query<Record<string, unknown>>(
        'SELECT properties, user_id, timestamp, date, toUnixTimestamp64Milli(timestamp) AS ms, toUInt64(9007199254740991) AS big FROM events WHERE session_id = {session_id:UUID} AND timestamp = {at:DateTime64(3)}',
        { session_id, at },
      );
      expect(rows).toEqual([
        {
          properties,
          user_id: null,
          timestamp: '2026-03-01 00:30:00.007',
          date: '2026-03-01',
          ms: at.getTime(),
          big: 9007199254740991,
        },
      ]);
    });

    it('binds values as values', async () => {
      const hostile = `'; SELECT 1 --\\'`;
      const rows = await open().query(
        'SELECT {a:String} AS a, {b:Array(String)} AS b, {c:Nullable(String)} AS c',
        {
          a: hostile,
          b: [hostile, 'plain'],
          c: undefined,
        },
      );
      expect(rows).toEqual([{ a: hostile, b: [hostile, 'plain'], c: null }]);
    });

    it('counts a repeated insert once, in the table and in the daily sums', async () => {
      const organization_id = randomUUID();
      const rows = Array.from({ length: 50 }, (_, index) =>
        eventRow({ organization_id, timestamp: `2026-0${1 + (index % 3)}-15T10:00:00.000Z` }),
      );
      const deduplication_token = randomUUID();
      for (let again = 0; again < 3; again++) await open().insert('events', rows, { deduplication_token });
      const params = { organization_id };
      expect(
        await count(
          open(),
          'SELECT count() AS n FROM events WHERE organization_id = {organization_id:UUID}',
          params,
        ),
      ).toBe(50);
      expect(
        await count(
          open(),
          'SELECT sum(events) AS n FROM events_daily WHERE organization_id = {organization_id:UUID}',
          params,
        ),
      ).toBe(50);
      await open().insert('events', rows, { deduplication_token: randomUUID() });
      expect(
        await count(
          open(),
          'SELECT count() AS n FROM events WHERE organization_id = {organization_id:UUID}',
          params,
        ),
      ).toBe(100);
      expect(
        await count(
          open(),
          'SELECT sum(events) AS n FROM events_daily WHERE organization_id = {organization_id:UUID}',
          params,
        ),
      ).toBe(100);
    });

    it('leaves no setting of one statement behind for the next', async () => {
      await open().insert('events', [eventRow()], { deduplication_token: randomUUID() });
      const left = await open().query(
        `SELECT name FROM system.settings WHERE changed AND name LIKE '%dedup%'`,
      );
      expect(left).toEqual([]);
    });

    it('sums product views by day and keeps the last word on a recommendation', async () => {
      const product_id = randomUUID();
      const view = {
        product_id,
        session_id: randomUUID(),
        viewed_from: 'search',
        timestamp: '2026-02-02T00:00:00Z',
      };
      await open().insert('product_views', [
        { ...view, view_id: randomUUID(), view_duration_seconds: 12, clicked_images: true },
        { ...view, view_id: randomUUID(), view_duration_seconds: 30, clicked_specs: true },
      ]);
      const daily = await open().query(
        `SELECT date, sum(views) AS views, sum(view_duration_seconds) AS seconds, sum(clicked_images) AS images, uniqMerge(sessions) AS sessions
         FROM product_views_daily WHERE product_id = {product_id:UUID} GROUP BY date`,
        { product_id },
      );
      expect(daily).toEqual([{ date: '2026-02-02', views: 2, seconds: 42, images: 1, sessions: 1 }]);

      const base = {
        recommendation_id: randomUUID(),
        project_id: randomUUID(),
        user_id: randomUUID(),
        presented_at: '2026-02-02T10:00:00Z',
      };
      await open().insert('recommendation_metrics', [
        { ...base, total_items: 10, total_cost: '1234.50', user_rating: 4 },
        {
          ...base,
          total_items: 12,
          total_cost: '1500.25',
          approved_at: '2026-02-02T11:30:00Z',
          time_to_decision_minutes: 90,
        },
      ]);
      const outcome = await open().query(
        'SELECT total_items, total_cost, presented_at, approved_at, rejected_at, time_to_decision_minutes, user_rating FROM recommendation_outcomes WHERE recommendation_id = {id:UUID}',
        { id: base.recommendation_id },
      );
      expect(outcome).toEqual([
        {
          total_items: 12,
          total_cost: 1500.25,
          presented_at: '2026-02-02 10:00:00',
          approved_at: '2026-02-02 11:30:00',
          rejected_at: null,
          time_to_decision_minutes: 90,
          user_rating: 4,
        },
      ]);
    });

    it('says what was wrong, with the number of the error', async () => {
      const failure = await open()
        .query('SELECT * FROM no_such_table')
        .catch((error: unknown) => error);
      expect(clickHouseErrorCode(failure)).toBe(60);
      expect((failure as Error).message).toContain('no_such_table');
      const unreadable = await open()
        .insert('events', [eventRow({ event_id: 'not an id' })])
        .catch((error: unknown) => error);
      expect(clickHouseErrorCode(unreadable)).toBeGreaterThan(0);
      await expect(open().insert('events; DROP TABLE events', [{}])).rejects.toThrow('Not a table name');
    });

    it('answers many callers at once', async () => {
      const answers = await Promise.all(
        Array.from({ length: 40 }, (_, index) => count(open(), 'SELECT {i:UInt32} + 1 AS n', { i: index })),
      );
      expect(answers).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
      await open().ping();
    });
  });
}
