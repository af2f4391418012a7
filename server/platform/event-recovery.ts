// Owns what happens to the batch that was perhaps being inserted when a process was killed and the embedded engine
// with it. ClickHouse notes a batch's token a moment before the rows become visible, so after a crash a
// token may stand for rows that are not there. Here the rows themselves decide: those that are missing are inserted,
// and the daily sums of the days concerned are made anew. Safe to be killed at any point and run again, as long as
// nothing else inserts meanwhile. Days older than the raw rows' time to live keep the sums they have.

import type { ClickHouse } from './clickhouse.ts';
import {
  type InsertCounts,
  insertRange,
  type LineTag,
  linesByTable,
  rowsOf,
  TABLES,
} from './event-insert.ts';

/** How a stored row is told from another: the same text from ClickHouse and from the queued JSON. */
interface Identity {
  sql: string;
  of(row: Record<string, unknown>): string;
  time: string;
}

const METRIC_TIMES = ['presented_at', 'viewed_at', 'modified_at', 'approved_at', 'rejected_at'];
const KEYS_PER_QUERY = 2_000;
/** The raw rows live two years; a margin keeps clear of days that are just being dropped. */
const REBUILD_DAYS = 700;
const DAY_MS = 86_400_000;

const IDENTITY: Record<LineTag, Identity> = {
  e: { sql: 'toString(event_id)', of: (row) => String(row['event_id']), time: 'timestamp' },
  p: { sql: 'toString(view_id)', of: (row) => String(row['view_id']), time: 'timestamp' },
  r: {
    sql: `concat(toString(recommendation_id), ${METRIC_TIMES.map((name) => `' ', ifNull(toString(toUnixTimestamp(${name})), '-')`).join(', ')}, ' ', toString(total_items), ' ', ifNull(toString(user_rating), '-'))`,
    of: (row) =>
      [
        row['recommendation_id'],
        ...METRIC_TIMES.map((name) => (row[name] ? Math.floor(Date.parse(String(row[name])) / 1000) : '-')),
        row['total_items'],
        row['user_rating'] ?? '-',
      ].join(' '),
    time: 'presented_at',
  },
  d: {
    sql: `concat(toString(toUnixTimestamp64Milli(received_at)), ' ', payload)`,
    of: (row) => `${Date.parse(String(row['received_at']))} ${row['payload']}`,
    time: 'received_at',
  },
};

/** Puts in what is missing of the batch; gives what was inserted. */
export async function recoverBatch(
  clickhouse: ClickHouse,
  payloads: readonly Buffer[],
): Promise<InsertCounts> {
  const counts: InsertCounts = { rows: 0, dead_letters: 0 };
  const lines = linesByTable(payloads);
  for (const tag of Object.keys(TABLES) as LineTag[]) {
    const days = new Set<string>();
    for (let at = 0; at < lines[tag].length; at += KEYS_PER_QUERY) {
      const missing = await missingLines(clickhouse, tag, lines[tag].slice(at, at + KEYS_PER_QUERY), days);
      if (missing.length > 0) await insertRange(clickhouse, tag, undefined, rowsOf(missing), counts);
    }
    await rebuildDailySums(clickhouse, TABLES[tag], [...days].sort());
  }
  return counts;
}

async function missingLines(
  clickhouse: ClickHouse,
  tag: LineTag,
  lines: readonly Buffer[],
  days: Set<string>,
): Promise<Buffer[]> {
  const { sql, of, time } = IDENTITY[tag];
  const own = new Set<string>();
  const keyed = lines.map((line) => {
    const row = parsed(line);
    const at = Date.parse(String(row?.[time]));
    if (row === undefined || Number.isNaN(at)) return { line, key: undefined };
    own.add(new Date(at).toISOString().slice(0, 10));
    return { line, key: of(row) };
  });
  for (const day of own) days.add(day);
  const there = await clickhouse.query<{ key: string }>(
    `SELECT ${sql} AS key FROM ${TABLES[tag]} WHERE date IN {days:Array(Date)} AND key IN {keys:Array(String)}`,
    { days: [...own], keys: keyed.flatMap(({ key }) => key ?? []) },
  );
  const stored = new Set(there.map(({ key }) => key));
  return keyed.filter(({ key }) => key === undefined || !stored.has(key)).map(({ line }) => line);
}

function parsed(line: Buffer): Record<string, unknown> | undefined {
  try {
    return JSON.parse(line.toString('utf8')) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

/**
 * Makes the sums of these days anew from the rows of `table`, in every materialized view that reads it and every one that
 * reads those. A sum by week is made anew for the whole week; one without a date must be such that the same rows told
 * twice change nothing (a first time, a largest value): it is only told them again.
 */
export async function rebuildDailySums(
  clickhouse: ClickHouse,
  table: string,
  days: readonly string[],
): Promise<void> {
  const oldest = new Date(Date.now() - REBUILD_DAYS * DAY_MS).toISOString().slice(0, 10);
  if (!days.some((day) => day >= oldest)) return;
  for (const { as_select, target, columns } of await viewsOn(clickhouse, table)) {
    const above = await viewsOn(clickhouse, target);
    const byWeek = above.some((view) => view.columns.includes('week'));
    const wanted = [...new Set(days.flatMap((day) => (byWeek ? weekOf(day) : [day])))].filter(
      (day) => day >= oldest,
    );
    const names = columns.join(', ');
    const list = wanted.map((day) => `'${day}'`).join(', ');
    if (!columns.includes('date')) {
      await clickhouse.command(
        `INSERT INTO ${target} (${names}) SELECT ${names} FROM (${as_select}) SETTINGS insert_deduplicate = 0`,
      );
      continue;
    }
    for (const sums of [...above, { target, columns }]) {
      const day = sums.columns.includes('date') ? 'date' : 'week';
      if (!sums.columns.includes(day)) continue;
      const of = day === 'date' ? list : [...new Set(wanted.map((one) => `'${weekOf(one)[0]}'`))].join(', ');
      await clickhouse.command(
        `ALTER TABLE ${sums.target} DELETE WHERE ${day} IN (${of}) SETTINGS mutations_sync = 2`,
      );
    }
    // What stands above is filled by this insert, as by any other.
    await clickhouse.command(
      `INSERT INTO ${target} (${names}) SELECT ${names} FROM (${as_select}) WHERE date IN (${list}) SETTINGS insert_deduplicate = 0`,
    );
  }
}

/** The days of the week of a day, Monday first. */
function weekOf(day: string): string[] {
  const at = Date.parse(`${day}T00:00:00Z`);
  const monday = at - ((new Date(at).getUTCDay() + 6) % 7) * DAY_MS;
  return Array.from({ length: 7 }, (_, i) => new Date(monday + i * DAY_MS).toISOString().slice(0, 10));
}

interface SumView {
  as_select: string;
  target: string;
  columns: string[];
}

async function viewsOn(clickhouse: ClickHouse, table: string): Promise<SumView[]> {
  const views = await clickhouse.query<{ as_select: string; target: string }>(
    `SELECT as_select, extract(create_table_query, ' TO (?:\`?\\\\w+\`?\\\\.)?\`?(\\\\w+)\`?') AS target FROM system.tables
     WHERE engine = 'MaterializedView' AND database = currentDatabase()
       AND has((SELECT any(dependencies_table) FROM system.tables WHERE database = currentDatabase() AND name = {table:String}), name)`,
    { table },
  );
  const found: SumView[] = [];
  for (const { as_select, target } of views) {
    const columns = await clickhouse.query<{ name: string }>(
      'SELECT name FROM system.columns WHERE database = currentDatabase() AND table = {target:String} ORDER BY position',
      { target },
    );
    found.push({ as_select, target, columns: columns.map(({ name }) => name) });
  }
  return found;
}
