// Queries of retention in ClickHouse: rows of the event log that are past their time, and those under a legal hold.
import type { ClickHouse } from '../../platform/clickhouse.ts';

export interface EventsDue {
  events: number;
  product_views: number;
  held: number;
}

const TABLES = ['events', 'product_views'] as const;

/** How many rows of those days the daily sums hold. */
export interface Summed {
  events: number;
  product_views: number;
}

export interface Held {
  project: string[];
  organization: string[];
  user: string[];
}

const HELD =
  '(has({projects:Array(UUID)}, assumeNotNull(project_id)) OR has({organizations:Array(UUID)}, assumeNotNull(organization_id)) OR has({users:Array(UUID)}, assumeNotNull(user_id)))';
const NOT_NULL_HELD = `coalesce(${HELD}, false)`;

function heldParams(held: Held) {
  return { projects: held.project, organizations: held.organization, users: held.user };
}

/** What is older than `before` (a day, YYYY-MM-DD). */
export async function countEventsDue(clickhouse: ClickHouse, before: string, held: Held): Promise<EventsDue> {
  const [events] = await clickhouse.query<{ n: number; held: number }>(
    `SELECT count() AS n, countIf(${NOT_NULL_HELD}) AS held FROM events WHERE date < {before:Date}`,
    { before, ...heldParams(held) },
  );
  const [views] = await clickhouse.query<{ n: number; held: number }>(
    `SELECT count() AS n, countIf(${NOT_NULL_HELD}) AS held FROM product_views WHERE date < {before:Date}`,
    { before, ...heldParams(held) },
  );
  return {
    events: events?.n ?? 0,
    held: (events?.held ?? 0) + (views?.held ?? 0),
    product_views: views?.n ?? 0,
  };
}

export async function countSummed(clickhouse: ClickHouse, before: string): Promise<Summed> {
  const [events] = await clickhouse.query<{ n: number }>(
    'SELECT sum(events) AS n FROM events_daily WHERE date < {before:Date}',
    { before },
  );
  const [views] = await clickhouse.query<{ n: number }>(
    'SELECT sum(views) AS n FROM product_views_daily WHERE date < {before:Date}',
    { before },
  );
  return { events: Number(events?.n ?? 0), product_views: Number(views?.n ?? 0) };
}

/** Copies held events and views that the TTL is about to take to tables without one; copies of copies fall together. */
export async function keepHeldEvents(clickhouse: ClickHouse, before: string, held: Held): Promise<void> {
  for (const table of TABLES)
    await clickhouse.command(
      `INSERT INTO ${table}_on_hold SELECT * FROM ${table} WHERE date < {before:Date} AND ${NOT_NULL_HELD}`,
      { before, ...heldParams(held) },
    );
}

/** Deletes what is older; the daily sums stay. Resolves when the rows are gone. */
export async function deleteEvents(clickhouse: ClickHouse, before: string): Promise<void> {
  for (const table of TABLES)
    await clickhouse.command(
      `ALTER TABLE ${table} DELETE WHERE date < {before:Date} SETTINGS mutations_sync = 1`,
      { before },
    );
}

/** Copies of events whose hold was lifted. */
export async function dropReleasedEvents(clickhouse: ClickHouse, before: string, held: Held): Promise<void> {
  for (const table of TABLES)
    await clickhouse.command(
      `ALTER TABLE ${table}_on_hold DELETE WHERE date < {before:Date} AND NOT ${NOT_NULL_HELD} SETTINGS mutations_sync = 1`,
      { before, ...heldParams(held) },
    );
}
