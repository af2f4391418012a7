// Owns the step from a batch of queued rows into ClickHouse. A batch always holds the same rows and carries one
// token, so it may be sent any number of times and counts once. A row that ClickHouse cannot read is set aside with
// the reason; its neighbours go in.

import { type ClickHouse, clickHouseErrorCode, type InsertOptions } from './clickhouse.ts';
import { faultPoint } from './fault.ts';

/** A queued line is one letter for its table and the row as JSON. */
export const TABLES = {
  e: 'events',
  p: 'product_views',
  r: 'recommendation_metrics',
  d: 'event_dead_letters',
} as const;
export type LineTag = keyof typeof TABLES;

export interface InsertCounts {
  rows: number;
  dead_letters: number;
}

/**
 * ClickHouse's numbers for data that will never become readable: errors of parsing, type and range.
 * https://github.com/ClickHouse/ClickHouse/blob/master/src/Common/ErrorCodes.cpp
 */
const UNREADABLE = new Set([
  6, // CANNOT_PARSE_TEXT
  25, // CANNOT_PARSE_ESCAPE_SEQUENCE
  26, // CANNOT_PARSE_QUOTED_STRING
  27, // CANNOT_PARSE_INPUT_ASSERTION_FAILED
  38, // CANNOT_PARSE_DATE
  41, // CANNOT_PARSE_DATETIME
  53, // TYPE_MISMATCH
  69, // ARGUMENT_OUT_OF_BOUND
  70, // CANNOT_CONVERT_TYPE
  72, // CANNOT_PARSE_NUMBER
  117, // INCORRECT_DATA
  130, // CANNOT_READ_ARRAY_FROM_TEXT
  321, // VALUE_IS_OUT_OF_RANGE_OF_DATA_TYPE
  349, // CANNOT_INSERT_NULL_IN_ORDINARY_COLUMN
  376, // CANNOT_PARSE_UUID
  407, // DECIMAL_OVERFLOW
  467, // CANNOT_PARSE_BOOL
]);

const LINE_END = 10;

/** Inserts the lines under the token; throws (and may be called again) when ClickHouse is away or overloaded. */
export async function insertBatch(
  clickhouse: ClickHouse,
  token: string,
  payloads: readonly Buffer[],
): Promise<InsertCounts> {
  const lines = linesByTable(payloads);
  const counts: InsertCounts = { rows: 0, dead_letters: 0 };
  await faultPoint('events.before_insert');
  for (const tag of Object.keys(TABLES) as LineTag[]) {
    const rows = lines[tag];
    if (rows.length > 0) await insertRange(clickhouse, tag, `${token}:${tag}`, rows, counts);
  }
  await faultPoint('events.inserted');
  return counts;
}

/** Halves the rows until the unreadable ones stand alone. The halves are the same every time, and so their tokens. */
export async function insertRange(
  clickhouse: ClickHouse,
  tag: LineTag,
  token: string | undefined,
  rows: readonly Buffer[],
  counts: InsertCounts,
): Promise<void> {
  try {
    await clickhouse.insertLines(TABLES[tag], Buffer.concat(rows), once(token, ''));
    counts.rows += rows.length;
    if (tag === 'd') counts.dead_letters += rows.length;
  } catch (error) {
    if (!UNREADABLE.has(clickHouseErrorCode(error) ?? -1)) throw error;
    if (rows.length > 1) {
      const half = Math.ceil(rows.length / 2);
      await insertRange(clickhouse, tag, token && `${token}0`, rows.slice(0, half), counts);
      await insertRange(clickhouse, tag, token && `${token}1`, rows.slice(half), counts);
    } else {
      await setAside(clickhouse, tag, token, rows[0]!, error as Error);
      counts.dead_letters += 1;
    }
  }
}

async function setAside(
  clickhouse: ClickHouse,
  tag: LineTag,
  token: string | undefined,
  row: Buffer,
  error: Error,
): Promise<void> {
  const letter = {
    stream: TABLES[tag],
    reason: error.message.slice(0, 500),
    payload: row.toString('utf8').trimEnd(),
  };
  await clickhouse.insert('event_dead_letters', [letter], once(token, 'x'));
}

function once(token: string | undefined, suffix: string): InsertOptions {
  return token === undefined ? {} : { deduplication_token: token + suffix };
}

export function linesByTable(payloads: readonly Buffer[]): Record<LineTag, Buffer[]> {
  const lines: Record<LineTag, Buffer[]> = { e: [], p: [], r: [], d: [] };
  for (const payload of payloads) {
    for (let at = 0; at < payload.length; ) {
      const found = payload.indexOf(LINE_END, at);
      const end = found < 0 ? payload.length : found + 1;
      const tag = String.fromCharCode(payload[at]!);
      if (tag in lines) lines[tag as LineTag].push(payload.subarray(at + 1, end));
      at = end;
    }
  }
  return lines;
}
