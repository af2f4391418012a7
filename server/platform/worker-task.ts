// Runs one exported function of a module in a worker thread that can be ended: heavy or risky computing (reading a file
// somebody sent, optimising) never blocks or takes down the service.
import { Worker } from 'node:worker_threads';
import { AppError } from './errors.ts';

export interface TaskOptions {
  /** Absolute URL of the module, and the name of its exported function; called as fn(input, { onProgress }). */
  module: string;
  export_name: string;
  input: unknown;
  timeout_ms: number;
  memory_mb: number;
  signal?: AbortSignal;
  onProgress?: (done: number, note: string) => void;
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

/** Resolves with what the function returned (structured clone); rejects with TaskError, or AppError when ended early. */
export function runTask<T>(options: TaskOptions): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    if (options.signal?.aborted) {
      reject(new AppError('cancelled', `${options.label} was cancelled.`));
      return;
    }
    const worker = new Worker(new URL('./worker-entry.ts', import.meta.url), {
      workerData: { module: options.module, export_name: options.export_name, input: options.input },
      resourceLimits: { maxOldGenerationSizeMb: options.memory_mb },
      execArgv: ['--no-warnings'],
    });
    let settled = false;
    const settle = (finish: () => void) => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', onAbort);
      void worker.terminate();
      finish();
    };
    const onAbort = () => settle(() => reject(new AppError('cancelled', `${options.label} was cancelled.`)));
    const timer = setTimeout(() => {
      settle(() =>
        reject(
          new TaskError({
            name: 'Timeout',
            code: 'timeout',
            message: `${options.label} took longer than ${Math.round(options.timeout_ms / 1000)} s and was ended.`,
          }),
        ),
      );
    }, options.timeout_ms);
    options.signal?.addEventListener('abort', onAbort);
    worker.on('message', (message: Message) => {
      if (message.kind === 'progress') options.onProgress?.(message.done, message.note);
      else if (message.kind === 'result') settle(() => resolve(message.value as T));
      else settle(() => reject(new TaskError(message.failure)));
    });
    worker.on('error', (error) => {
      const outOfMemory = (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY';
      settle(() =>
        reject(
          new TaskError({
            name: error.name,
            code: outOfMemory ? 'too_large' : undefined,
            message: outOfMemory
              ? `${options.label} needed more than ${options.memory_mb} MB and was ended.`
              : error.message,
          }),
        ),
      );
    });
    worker.on('exit', () =>
      settle(() =>
        reject(
          new TaskError({
            name: 'Exit',
            code: undefined,
            message: `${options.label} ended without a result.`,
          }),
        ),
      ),
    );
  });
}
