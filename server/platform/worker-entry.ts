// The inside of a worker thread started by worker-task.ts: loads the module, calls the function, reports.
import { parentPort, workerData } from 'node:worker_threads';

const { module, export_name, input } = workerData as { module: string; export_name: string; input: unknown };

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
