// Runs cases in processes that can be ended, a batch a process; a file that overstays or overgrows is a fault of its own
// and the rest of its batch goes on in a fresh process.

import { runChildTask } from '../../server/platform/child-task.ts';
import { TaskError } from '../../server/platform/worker-task.ts';
import type { Outcome } from './batch-task.ts';
import { type Case, makeCase } from './formats.ts';

export type RunOptions = {
  workers: number;
  /** Longest reading of one file. */
  timeout_ms: number;
  /** Most memory of the process that reads. */
  memory_mb: number;
  onOutcome?: (outcome: Outcome, finished: number) => void;
};

const BATCH = 40;

export async function runCases(cases: readonly Case[], options: RunOptions): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const batches: Case[][] = [];
  for (let i = 0; i < cases.length; i += BATCH) batches.push(cases.slice(i, i + BATCH));
  const note = (outcome: Outcome) => {
    outcomes.push(outcome);
    options.onOutcome?.(outcome, outcomes.length);
  };
  await Promise.all(
    Array.from({ length: options.workers }, async () => {
      for (let batch = batches.shift(); batch; batch = batches.shift()) {
        const left = await runBatch(batch, options, note);
        if (left.length > 0) batches.unshift(left);
      }
    }),
  );
  return outcomes;
}

/** Cases that were not begun because the process had to be ended. */
async function runBatch(
  batch: Case[],
  options: RunOptions,
  note: (outcome: Outcome) => void,
): Promise<Case[]> {
  const { timeout_ms, memory_mb } = options;
  const late = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let told = 0;
  const begun = performance.now();
  try {
    await runChildTask<true>({
      module: new URL('./batch-task.ts', import.meta.url).href,
      export_name: 'readBatch',
      input: { cases: batch },
      timeout_ms: 2 * timeout_ms * batch.length,
      memory_mb,
      signal: late.signal,
      label: 'Reading damaged plans',
      onProgress: (done, words) => {
        clearTimeout(timer);
        if (words === 'start') timer = setTimeout(() => late.abort(), timeout_ms);
        else {
          told = done;
          note(JSON.parse(words) as Outcome);
        }
      },
    });
    return [];
  } catch (error) {
    const overstayed = late.signal.aborted;
    const overgrew = error instanceof TaskError && error.original_name === 'TooMuchMemory';
    const words = overstayed ? `longer than ${timeout_ms} ms` : String(error);
    const took_ms = Math.round(performance.now() - begun);
    const { done } = await makeCase(batch[told]!);
    note({
      ...batch[told]!,
      outcome: overstayed || overgrew ? 'ended' : 'fault',
      note: words,
      took_ms,
      done,
    });
    return batch.slice(told + 1);
  } finally {
    clearTimeout(timer);
  }
}

/** Counts by format and outcome, and the slowest file of each. */
export function summary(outcomes: readonly Outcome[]): string {
  const formats = [...new Set(outcomes.map(({ format }) => format))];
  return formats
    .map((format) => {
      const own = outcomes.filter((outcome) => outcome.format === format);
      const count = (wanted: Outcome['outcome']) => own.filter(({ outcome }) => outcome === wanted).length;
      const slowest = own.reduce((a, b) => (b.took_ms > a.took_ms ? b : a));
      return `${format.padEnd(11)} ${String(own.length).padStart(5)} files: ${count('read')} read, ${count('refused')} refused, ${count('ended')} ended, ${count('fault')} faults; slowest ${slowest.took_ms} ms (${slowest.format}:${slowest.seed})`;
    })
    .join('\n');
}
