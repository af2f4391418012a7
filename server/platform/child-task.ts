// Runs one exported function of a module in a process of its own: for work on files that strangers send. A worker
// thread's limits bound its JavaScript heap only; buffers, pictures, WebAssembly and fatal errors of the engine itself
// take the whole process with them. Here they take the child, and the service lives on.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { AppError } from './errors.ts';
import { TaskError, type TaskFailure, type TaskOptions } from './worker-task.ts';

/** What the parent sends once; `memory_mb` bounds all memory the process holds (resident set), not the heap alone. */
export interface ChildTask {
  module: string;
  export_name: string;
  input: unknown;
  memory_mb: number;
}

export type ChildMessage =
  | { kind: 'progress'; done: number; note: string }
  | { kind: 'result'; value: unknown }
  | { kind: 'failure'; failure: TaskFailure }
  | { kind: 'memory' };

const ENTRY = fileURLToPath(new URL('./child-entry.ts', import.meta.url));
/** How a process ends that ran out of memory in a way it could not report: abort, or killed by the system. */
const OUT_OF_MEMORY_SIGNALS = new Set(['SIGABRT', 'SIGKILL', 'SIGTRAP', 'SIGILL', 'SIGSEGV', 'SIGBUS']);

/** As runTask, in a child process that is killed on time-out, cancel and too much memory. */
export function runChildTask<T>(options: TaskOptions): Promise<T> {
  const { label, signal, timeout_ms, memory_mb, module, export_name, input } = options;
  return new Promise<T>((resolve, reject) => {
    const cancelled = () => new AppError('cancelled', `${label} was cancelled.`);
    if (signal?.aborted) {
      reject(cancelled());
      return;
    }
    const child = fork(ENTRY, [], {
      execPath: process.execPath,
      execArgv: ['--no-warnings'],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    let settled = false;
    const settle = (finish: () => void) => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      child.kill('SIGKILL');
      finish();
    };
    const fail = (name: string, code: string | undefined, message: string) =>
      settle(() => reject(new TaskError({ name, code, message })));
    const tooMuch = () =>
      fail(
        'TooMuchMemory',
        'too_large',
        `${label} needed more than ${memory_mb} MB and was ended; send a smaller file.`,
      );
    const onAbort = () => settle(() => reject(cancelled()));
    const timer = setTimeout(
      () =>
        fail(
          'Timeout',
          'timeout',
          `${label} took longer than ${Math.round(timeout_ms / 1000)} s and was ended.`,
        ),
      timeout_ms,
    );
    signal?.addEventListener('abort', onAbort);
    child.on('message', (message: ChildMessage) => {
      if (message.kind === 'progress') {
        if (!settled) options.onProgress?.(message.done, message.note);
      } else if (message.kind === 'result') settle(() => resolve(message.value as T));
      else if (message.kind === 'memory') tooMuch();
      else settle(() => reject(new TaskError(message.failure)));
    });
    child.on('error', (error) => fail(error.name, undefined, error.message));
    child.on('exit', (_status, ended) => {
      if (ended !== null && OUT_OF_MEMORY_SIGNALS.has(ended)) tooMuch();
      else fail('Exit', undefined, `${label} ended without a result.`);
    });
    child.send({ module, export_name, input, memory_mb } satisfies ChildTask, (error) => {
      if (error) fail(error.name, undefined, error.message);
    });
  });
}
