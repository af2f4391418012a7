// The inside of a worker thread started by worker-task.ts: loads the module of each task, calls its function, reports.
import { parentPort } from 'node:worker_threads';

/** What the thread is sent for one task. */
export interface ThreadTask {
  module: string;
  export_name: string;
  input: unknown;
}

async function run({ module, export_name, input }: ThreadTask): Promise<void> {
  try {
    const loaded = (await import(module)) as Record<
      string,
      (input: unknown, tools: { onProgress: (done: number, note: string) => void }) => unknown
    >;
    const fn = loaded[export_name];
    if (fn === undefined) throw new Error(`${module} has no export ${export_name}`);
    const value = await fn(input, {
      onProgress: (done, note) => parentPort?.postMessage({ kind: 'progress', done, note }),
    });
    parentPort?.postMessage({ kind: 'result', value });
  } catch (error) {
    const {
      name = 'Error',
      message = String(error),
      code,
    } = error as { name?: string; message?: string; code?: string };
    parentPort?.postMessage({ kind: 'failure', failure: { name, message, code } });
  }
}

parentPort?.on('message', (task: ThreadTask) => void run(task));
