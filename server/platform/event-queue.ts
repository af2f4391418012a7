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

/** How long an id is remembered: ten minutes, or a week. */
export type Remember = 'short' | 'long';

/** What the two queues provide; the shape of rows is checked before. */
export interface LineQueue {
  append(lines: readonly Line[], remember?: Remember): Promise<void>;
  drain(timeout_ms: number): Promise<void>;
  status(): Promise<EventQueueStatus>;
  close(): Promise<void>;
}
