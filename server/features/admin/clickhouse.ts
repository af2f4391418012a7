// ClickHouse queries of the administration: what the engine holds, and the events it could not take.
import type { ClickHouse } from '../../platform/clickhouse.ts';

export async function engineFacts(clickhouse: ClickHouse): Promise<{ version: string; size_bytes: number }> {
  const [row] = await clickhouse.query<{ version: string; size_bytes: number }>(
    `SELECT version() AS version, (SELECT sum(bytes_on_disk) FROM system.parts
     WHERE database = currentDatabase() AND active) AS size_bytes`,
  );
  return { version: row?.version ?? '', size_bytes: Number(row?.size_bytes ?? 0) };
}

export async function countDeadLetters(clickhouse: ClickHouse): Promise<number> {
  const [row] = await clickhouse.query<{ n: number }>('SELECT count() AS n FROM event_dead_letters');
  return Number(row?.n ?? 0);
}

export interface DeadLetterRow {
  stream: string;
  reason: string;
  payload: string;
  received_at: string;
  key: string;
}

/** Newest first; `after` is the time and key of the last row of the page before. */
export async function listDeadLetters(
  clickhouse: ClickHouse,
  limit: number,
  after: [string, string] | undefined,
): Promise<DeadLetterRow[]> {
  return await clickhouse.query<DeadLetterRow>(
    `SELECT stream, reason, payload, replaceOne(toString(received_at), ' ', 'T') || 'Z' AS received_at,
       toString(cityHash64(stream, reason, payload)) AS key
     FROM event_dead_letters AS l
     ${after === undefined ? '' : `WHERE (l.received_at, cityHash64(l.stream, l.reason, l.payload)) < (parseDateTime64BestEffort({at:String}, 3, 'UTC'), {key:UInt64})`}
     ORDER BY l.received_at DESC, cityHash64(l.stream, l.reason, l.payload) DESC LIMIT {limit:UInt32}`,
    { limit: limit + 1, ...(after === undefined ? {} : { at: after[0], key: after[1] }) },
  );
}
