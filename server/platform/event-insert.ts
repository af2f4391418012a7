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
const SPACE = 32;

/** Inserts the lines under the token; throws (and may be called again) when ClickHouse is away or overloaded. */
export async function insertBatch(
  clickhouse: ClickHouse,
  token: string,
  payloads: readonly Buffer[],
): Promise<InsertCounts> {
  const bodies = bodiesByTable(payloads);
  const counts: InsertCounts = { rows: 0, dead_letters: 0 };
  await faultPoint('events.before_insert');
  for (const tag of Object.keys(TABLES) as LineTag[]) {
    const { rows, pieces } = bodies[tag];
    if (rows === 0) continue;
    const whole: Rows = {
      count: rows,
      body: () => Buffer.concat(pieces),
      split: () => linesByTable(payloads)[tag],
    };
    await insertRange(clickhouse, tag, `${token}:${tag}`, whole, counts);
  }
  await faultPoint('events.inserted');
  return counts;
}

/** Rows of one table: all of them as one body, and only where that is refused one by one. */
export interface Rows {
  count: number;
  body(): Buffer;
  split(): readonly Buffer[];
}

export function rowsOf(lines: readonly Buffer[]): Rows {
  return { count: lines.length, body: () => Buffer.concat(lines), split: () => lines };
}

/** Halves the rows until the unreadable ones stand alone. The halves are the same every time, and so their tokens. */
export async function insertRange(
  clickhouse: ClickHouse,
  tag: LineTag,
  token: string | undefined,
  rows: Rows,
  counts: InsertCounts,
): Promise<void> {
  try {
    await clickhouse.insertLines(TABLES[tag], rows.body(), once(token, ''));
    counts.rows += rows.count;
    if (tag === 'd') counts.dead_letters += rows.count;
  } catch (error) {
    if (!UNREADABLE.has(clickHouseErrorCode(error) ?? -1)) throw error;
    const lines = rows.split();
    if (lines.length > 1) {
      const half = Math.ceil(lines.length / 2);
      await insertRange(clickhouse, tag, token && `${token}0`, rowsOf(lines.slice(0, half)), counts);
      await insertRange(clickhouse, tag, token && `${token}1`, rowsOf(lines.slice(half)), counts);
    } else {
      await setAside(clickhouse, tag, token, lines[0]!, error as Error);
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
    made_by_server: true,
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

/**
 * The rows of each table as few pieces of the payloads as there are changes from one table to another: between rows of the
 * same table the letter stays where it is and becomes a space, which JSON allows. Changes a copy of the payloads.
 */
function bodiesByTable(payloads: readonly Buffer[]): Record<LineTag, { rows: number; pieces: Buffer[] }> {
  const empty = () => ({ rows: 0, pieces: [] as Buffer[] });
  const bodies: Record<LineTag, { rows: number; pieces: Buffer[] }> = {
    e: empty(),
    p: empty(),
    r: empty(),
    d: empty(),
  };
  for (const payload of payloads) {
    const bytes = Buffer.from(payload);
    let run: { tag: LineTag; from: number } | undefined;
    const endRun = (end: number) => {
      if (run !== undefined) bodies[run.tag].pieces.push(bytes.subarray(run.from, end));
      run = undefined;
    };
    for (let at = 0; at < bytes.length; ) {
      const tag = String.fromCharCode(bytes[at]!);
      const found = bytes.indexOf(LINE_END, at);
      if (tag !== run?.tag) {
        endRun(at);
        if (tag in TABLES) run = { tag: tag as LineTag, from: at };
      }
      if (run !== undefined) {
        bytes[at] = SPACE;
        bodies[run.tag].rows += 1;
      }
      at = found < 0 ? bytes.length : found + 1;
    }
    endRun(bytes.length);
  }
  return bodies;
}
