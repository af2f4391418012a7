// What a crash of the embedded engine can leave behind, made on disk on purpose: after the next start every event is
// there once, and the daily sums agree with the rows.

import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createAnalyticsTables } from '../../test/servers/clickhouse-schema.ts';
import { aRow } from '../../test/servers/events-behaviour.ts';
import { type ClickHouse, openClickHouse } from './clickhouse.ts';
import { insertBatch } from './event-insert.ts';
import { openJournal } from './event-journal.ts';
import { openEvents } from './events.ts';

const folders: string[] = [];
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

const EVENTS = 60;
const ORGANIZATION = randomUUID();
const day = (index: number) => new Date(Date.now() - (index % 3) * 40 * 86_400_000).toISOString();

/** Rows of every table, over several months so that each insert makes several parts. */
function someRows() {
  const ids = { project_id: randomUUID(), user_id: randomUUID() };
  return {
    events: Array.from({ length: EVENTS }, (_, index) =>
      aRow({
        timestamp: day(index),
        ...ids,
        ...(index < 6
          ? { event_name: 'search_no_result', properties: JSON.stringify({ q: 'cloud 9' }) }
          : {}),
        ...(index === 6 ? { event_name: 'project_created' } : {}),
      }),
    ),
    product_views: Array.from({ length: 12 }, (_, index) => ({
      view_id: randomUUID(),
      product_id: randomUUID(),
      session_id: randomUUID(),
      organization_id: ORGANIZATION,
      viewed_from: 'direct' as const,
      view_duration_seconds: index,
      timestamp: day(index),
    })),
    recommendation_metrics: Array.from({ length: 6 }, (_, index) => ({
      ...ids,
      recommendation_id: randomUUID(),
      total_items: index,
      total_cost: 10.25 * index,
      presented_at: day(index),
      ...(index % 2 === 0 ? { approved_at: new Date().toISOString(), user_rating: 4 } : {}),
    })),
  };
}

interface Parts {
  table: string;
  path: string;
}

type Damage = (parts: Parts[]) => Promise<void>;

const remove =
  (table: string, which: number): Damage =>
  async (parts) => {
    const path = parts.filter((part) => part.table === table)[which]?.path;
    expect(path).toBeDefined();
    await rm(path!, { recursive: true });
  };

const CRASHES: [string, { inserted: boolean; damage: Damage[] }][] = [
  ['nothing was inserted', { inserted: false, damage: [] }],
  ['all was inserted, only not yet forgotten', { inserted: true, damage: [] }],
  ['a token was noted, its rows never came', { inserted: true, damage: [remove('events', 1)] }],
  [
    'the first rows are there, the rest and the sums are not',
    { inserted: true, damage: [remove('events', 2), remove('events_daily', 0)] },
  ],
  [
    'the sums never came',
    { inserted: true, damage: [remove('events_daily', 0), remove('product_views_daily', 0)] },
  ],
  [
    'views and metrics are partly missing',
    { inserted: true, damage: [remove('product_views', 0), remove('recommendation_metrics', 1)] },
  ],
  [
    'the notes of the tokens are lost',
    {
      inserted: true,
      damage: [
        async (parts) => {
          for (const { path } of parts)
            await rm(join(path, '..', 'deduplication_logs'), { recursive: true, force: true });
        },
      ],
    },
  ],
];

async function counts(clickhouse: ClickHouse): Promise<unknown> {
  return await clickhouse.query(`
    SELECT * FROM (
    SELECT 'events' AS what, count() AS n, uniqExact(event_id) AS ids FROM events
    UNION ALL SELECT 'events_daily', sum(events), uniqExact(date) FROM events_daily
    UNION ALL SELECT 'product_views', count(), uniqExact(view_id) FROM product_views
    UNION ALL SELECT 'product_views_daily', sum(views), sum(view_duration_seconds) FROM product_views_daily
    UNION ALL SELECT 'recommendation_metrics', count(), uniqExact(recommendation_id) FROM recommendation_metrics
    UNION ALL SELECT 'demand_daily', sum(views), uniqExact(product_id) FROM demand_daily
    UNION ALL SELECT 'demand_weekly', sum(views), uniqExact(product_id) FROM demand_weekly
    UNION ALL SELECT 'empty_search_kinds_daily', sum(searches), uniqExact(date) FROM empty_search_kinds_daily
    UNION ALL SELECT 'empty_searches_daily', sum(searches), uniqExact(date) FROM empty_searches_daily
    UNION ALL SELECT 'project_steps', uniqExact(project_id, step), uniqExact(step) FROM project_steps
    ) ORDER BY what`);
}

describe('after a crash in which', () => {
  it.each(CRASHES)('%s', async (_, { inserted, damage }) => {
    const folder = await mkdtemp(join(tmpdir(), 'ofs-recovery-'));
    folders.push(folder);
    const path = join(folder, 'clickhouse');
    const journalFolder = join(folder, 'events');

    let clickhouse = await openClickHouse({ mode: 'embedded', path });
    await createAnalyticsTables(clickhouse);
    const before = await openEvents({ mode: 'journal', folder: journalFolder, clickhouse, consume: false });
    await before.append(someRows());
    await before.close();
    if (inserted) {
      const journal = await openJournal({ folder: journalFolder });
      for (const name of journal.closed()) await insertBatch(clickhouse, name, await journal.read(name));
      await journal.close();
    }
    const parts = await clickhouse.query<Parts>(
      'SELECT table, path FROM system.parts WHERE active AND database = currentDatabase() ORDER BY table, path',
    );
    await clickhouse.close();
    for (const cause of damage) await cause(parts);

    clickhouse = await openClickHouse({ mode: 'embedded', path });
    try {
      const queue = await openEvents({ mode: 'journal', folder: journalFolder, clickhouse });
      await queue.append({ events: [aRow()] });
      await queue.drain();
      await queue.close();
      expect(await readdir(journalFolder)).toEqual([]);
      expect(await counts(clickhouse)).toEqual([
        { what: 'demand_daily', n: 12, ids: 12 },
        { what: 'demand_weekly', n: 12, ids: 12 },
        { what: 'empty_search_kinds_daily', n: 6, ids: 3 },
        { what: 'empty_searches_daily', n: 6, ids: 3 },
        { what: 'events', n: EVENTS + 1, ids: EVENTS + 1 },
        { what: 'events_daily', n: EVENTS + 1, ids: 3 },
        { what: 'product_views', n: 12, ids: 12 },
        { what: 'product_views_daily', n: 12, ids: 66 },
        { what: 'project_steps', n: 1, ids: 1 },
        { what: 'recommendation_metrics', n: 6, ids: 6 },
      ]);
    } finally {
      await clickhouse.close();
    }
  });
});
