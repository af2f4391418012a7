// A person in the event store: rows under their id, for a copy and for erasure. The daily sums hold no ids.
import type { ClickHouse } from '../../platform/clickhouse.ts';

/** Tables with rows of one person; what was recommended stays, under a number that names nobody. */
const PERSONAL = [
  'events',
  'events_on_hold',
  'product_views',
  'product_views_on_hold',
  'event_dead_letters',
] as const;
const COPIED = [...PERSONAL, 'recommendation_metrics'] as const;

/** Rows of each table under the person's id; at most `limit` a table, the newest. */
export async function eventRowsOf(
  clickhouse: ClickHouse,
  userId: string,
  limit: number,
): Promise<Record<string, Record<string, unknown>[]>> {
  const found: Record<string, Record<string, unknown>[]> = {};
  for (const table of COPIED) {
    found[table] = await clickhouse.query(
      `SELECT * FROM ${table} WHERE user_id = {user_id:UUID} ORDER BY date DESC LIMIT {limit:UInt32}`,
      { user_id: userId, limit },
    );
  }
  return found;
}

/** Deletes the person's rows, refused events that name them included; resolves when they are gone. Returns what was there. */
export async function eraseEvents(clickhouse: ClickHouse, userId: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of PERSONAL) {
    const [row] = await clickhouse.query<{ n: number }>(
      `SELECT count() AS n FROM ${table} WHERE user_id = {user_id:UUID}`,
      { user_id: userId },
    );
    counts[table] = Number(row?.n ?? 0);
    if (counts[table] > 0)
      await clickhouse.command(
        `ALTER TABLE ${table} DELETE WHERE user_id = {user_id:UUID} SETTINGS mutations_sync = 1`,
        { user_id: userId },
      );
  }
  const [letters] = await clickhouse.query<{ n: number }>(
    'SELECT count() AS n FROM event_dead_letters WHERE position(payload, {text:String}) > 0',
    { text: userId },
  );
  const named = Number(letters?.n ?? 0);
  counts['event_dead_letters'] = (counts['event_dead_letters'] ?? 0) + named;
  if (named > 0)
    await clickhouse.command(
      'ALTER TABLE event_dead_letters DELETE WHERE position(payload, {text:String}) > 0 SETTINGS mutations_sync = 1',
      { text: userId },
    );
  return counts;
}
