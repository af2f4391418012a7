// A change that was refused because somebody else was faster waits here until the person says what stays. One at a time;
// who asks gets the merged change, or null where it is dropped.
import type { Conflict } from '../features/projects/conflict.ts';

export interface AskedConflict {
  id: number;
  body: Record<string, unknown>;
  conflicts: readonly Conflict[];
}

interface Waiting extends AskedConflict {
  answer: (body: Record<string, unknown> | null) => void;
}

let waiting: readonly Waiting[] = [];
let count = 0;
const listeners = new Set<() => void>();

function tell() {
  for (const listener of listeners) listener();
}

export function askConflict(
  body: Record<string, unknown>,
  conflicts: readonly Conflict[],
): Promise<Record<string, unknown> | null> {
  return new Promise((answer) => {
    count += 1;
    waiting = [...waiting, { id: count, body, conflicts, answer }];
    tell();
  });
}

export function pendingConflict(): AskedConflict | null {
  return waiting[0] ?? null;
}

export function answerConflict(body: Record<string, unknown> | null): void {
  const [first, ...rest] = waiting;
  waiting = rest;
  first?.answer(body);
  tell();
}

export function watchConflicts(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
