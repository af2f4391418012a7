// The inside of a process started by child-task.ts: a thread does the work, the main thread watches the memory of the
// whole process and passes messages on, so that it hears and speaks while the work computes.
import { Worker } from 'node:worker_threads';
import type { ChildMessage, ChildTask } from './child-task.ts';
import type { ThreadTask } from './worker-entry.ts';

const WATCH_MS = 25;
/** Part of the allowance the JavaScript heap may take, so that it is tidied before the process grows too large. */
const HEAP_SHARE = 0.75;

function tell(message: ChildMessage, then?: () => void): void {
  process.send?.(message, undefined, {}, () => then?.());
}

process.once('message', ({ module, export_name, input, memory_mb }: ChildTask) => {
  const worker = new Worker(new URL('./worker-entry.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: Math.round(memory_mb * HEAP_SHARE) },
    execArgv: ['--no-warnings'],
  });
  worker.postMessage({ module, export_name, input } satisfies ThreadTask, buffersIn(input));
  const watch = setInterval(() => {
    if (process.memoryUsage.rss() < memory_mb * 1024 * 1024) return;
    clearInterval(watch);
    tell({ kind: 'memory' }, () => process.exit(1));
    setTimeout(() => process.exit(1), 1000);
    void worker.terminate();
  }, WATCH_MS);
  worker.on('message', (message: ChildMessage) => tell(message));
  worker.on('error', (error) => {
    const { name, message, code } = error as NodeJS.ErrnoException;
    if (code === 'ERR_WORKER_OUT_OF_MEMORY') tell({ kind: 'memory' });
    else tell({ kind: 'failure', failure: { name, message, code } });
  });
});
// The parent is gone: nobody waits for the answer.
process.once('disconnect', () => process.exit(1));

/** Buffers that can be handed to the thread instead of copied. */
function buffersIn(input: unknown): ArrayBuffer[] {
  if (typeof input !== 'object' || input === null) return [];
  return Object.values(input).flatMap((value) =>
    value instanceof Uint8Array &&
    value.buffer instanceof ArrayBuffer &&
    value.byteLength === value.buffer.byteLength
      ? [value.buffer]
      : [],
  );
}
