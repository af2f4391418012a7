// Runs one exported function of a module in a worker thread that can be ended: heavy or risky computing (reading a file
// somebody sent, optimising) never blocks or takes down the service. A thread that works on the service's own data may be
// kept a while for the next task of its kind, which then finds its code loaded and warm.
import { Worker } from 'node:worker_threads';
import { AppError } from './errors.ts';
import type { ThreadTask } from './worker-entry.ts';

export interface TaskOptions {
  /** Absolute URL of the module, and the name of its exported function; called as fn(input, { onProgress }). */
  module: string;
  export_name: string;
  input: unknown;
  timeout_ms: number;
  memory_mb: number;
  signal?: AbortSignal;
  onProgress?: (done: number, note: string) => void;
  /** The thread may be used again for the same module. Never for files that strangers send. */
  keep?: boolean;
  /** What the task is, for the sentence a person reads when it is ended. */
  label: string;
}

export interface TaskFailure {
  name: string;
  message: string;
  code: string | undefined;
}

/** A failure inside the task, with the name and code of the original error. */
export class TaskError extends Error {
  readonly code: string | undefined;
  readonly original_name: string;
  constructor(failure: TaskFailure) {
    super(failure.message);
    this.name = 'TaskError';
    this.code = failure.code;
    this.original_name = failure.name;
  }
}

type Message =
  | { kind: 'progress'; done: number; note: string }
  | { kind: 'result'; value: unknown }
  | { kind: 'failure'; failure: TaskFailure };

/** How long a thread without work is kept, and for how many tasks at most: what it gathers in memory ends with it. */
const KEPT_MS = 60_000;
const MOST_TASKS = 100;

interface Thread {
  worker: Worker;
  tasks: number;
}

/** Threads that wait for work: one a kind at most. They do not hold up the process's end. */
const waiting = new Map<string, Thread & { ends: NodeJS.Timeout }>();

const kindOf = ({ module, memory_mb }: TaskOptions) => `${memory_mb} ${module}`;

function begin(options: TaskOptions): Thread {
  const kept = options.keep ? waiting.get(kindOf(options)) : undefined;
  if (kept !== undefined) {
    waiting.delete(kindOf(options));
    clearTimeout(kept.ends);
    kept.worker.ref();
    return kept;
  }
  const worker = new Worker(new URL('./worker-entry.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: options.memory_mb },
    execArgv: ['--no-warnings'],
  });
  // One that breaks after its task is nobody's failure.
  worker.on('error', () => undefined);
  worker.on('exit', () => {
    if (waiting.get(kindOf(options))?.worker === worker) waiting.delete(kindOf(options));
  });
  return { worker, tasks: 0 };
}

function putBack(options: TaskOptions, { worker, tasks }: Thread): void {
  const kind = kindOf(options);
  if (!options.keep || tasks + 1 >= MOST_TASKS || waiting.has(kind)) {
    void worker.terminate();
    return;
  }
  worker.unref();
  const ends = setTimeout(() => {
    waiting.delete(kind);
    void worker.terminate();
  }, KEPT_MS).unref();
  waiting.set(kind, { worker, tasks: tasks + 1, ends });
}

/** Resolves with what the function returned (structured clone); rejects with TaskError, or AppError when ended early. */
export function runTask<T>(options: TaskOptions): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const { signal, label } = options;
    if (signal?.aborted) {
      reject(new AppError('cancelled', `${label} was cancelled.`));
      return;
    }
    const thread = begin(options);
    const { worker } = thread;
    let settled = false;
    const settle = (finish: () => void, done = false) => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      if (done) putBack(options, thread);
      else void worker.terminate();
      finish();
    };
    const fail = (name: string, code: string | undefined, message: string) =>
      settle(() => reject(new TaskError({ name, code, message })));
    const onAbort = () => settle(() => reject(new AppError('cancelled', `${label} was cancelled.`)));
    const timer = setTimeout(
      () =>
        fail(
          'Timeout',
          'timeout',
          `${label} took longer than ${Math.round(options.timeout_ms / 1000)} s and was ended.`,
        ),
      options.timeout_ms,
    );
    const onMessage = (message: Message) => {
      if (message.kind === 'progress') options.onProgress?.(message.done, message.note);
      else if (message.kind === 'result') settle(() => resolve(message.value as T), true);
      else settle(() => reject(new TaskError(message.failure)));
    };
    const onError = (error: Error) => {
      if ((error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY')
        fail(error.name, 'too_large', `${label} needed more than ${options.memory_mb} MB and was ended.`);
      else fail(error.name, undefined, error.message);
    };
    const onExit = () => fail('Exit', undefined, `${label} ended without a result.`);
    signal?.addEventListener('abort', onAbort);
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    const { module, export_name, input } = options;
    worker.postMessage({ module, export_name, input } satisfies ThreadTask);
  });
}
