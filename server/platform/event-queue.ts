// Owns what an event queue is underneath, whichever it is: lines that are JSON already, taken in and inserted.

import type { ClickHouse } from './clickhouse.ts';
import type { LineTag } from './event-insert.ts';

export interface EventQueueStatus {
  /** Bytes (journal) or entries (Redis) that are not yet in ClickHouse. */
  pending: number;
  unit: 'bytes' | 'entries';
  /** Age of the oldest of them, seconds; 0 when there is none. */
  oldest_seconds: number;
  inserted_rows: number;
  dead_letters: number;
  failed_attempts: number;
  last_error: string | undefined;
}

export interface EventQueueCommon {
  clickhouse: ClickHouse;
  /** How long rows may wait for others before they are inserted, in milliseconds; 500. */
  flush_ms?: number;
  /** How long an id is remembered at least, so that its row counts once; 30 minutes. */
  remember_ms?: number;
  /** False in a process that only appends. */
  consume?: boolean;
  onError?: (error: Error) => void;
}

/** A row on its way: its letter, the id by which it counts once, and its JSON. */
export interface Line {
  tag: LineTag;
  id: string;
  text: string;
}

export const REMEMBER_MS = 30 * 60_000;

/** How long an id is remembered: half an hour, or a week. */
export type Remember = 'short' | 'long';

/** What the two queues provide; the shape of rows is checked before. */
export interface LineQueue {
  append(lines: readonly Line[], remember?: Remember): Promise<void>;
  /** Since when (Unix milliseconds) every id that arrived is remembered. */
  remembersSince(): number;
  drain(timeout_ms: number): Promise<void>;
  status(): Promise<EventQueueStatus>;
  close(): Promise<void>;
}
