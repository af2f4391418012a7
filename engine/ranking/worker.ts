/**
 * Entry for a worker thread: takes `{ id, input, options }` messages and posts `{ id, result }` or `{ id, error }`.
 * Start it with `new Worker(new URL('…/engine/ranking/worker.ts', import.meta.url))`; one solve at a time.
 */
import { parentPort } from 'node:worker_threads';
import { type ChoiceInput, type ChoiceOptions, type ChoiceResult, solveChoice } from './choose.ts';

export interface ChoiceRequest {
  id: number;
  input: ChoiceInput;
  options?: ChoiceOptions | undefined;
}

export type ChoiceReply = { id: number; result: ChoiceResult } | { id: number; error: string };

parentPort?.on('message', (request: ChoiceRequest) => {
  solveChoice(request.input, request.options).then(
    (result) => parentPort?.postMessage({ id: request.id, result } satisfies ChoiceReply),
    (error: unknown) =>
      parentPort?.postMessage({
        id: request.id,
        error: error instanceof Error ? error.message : String(error),
      } satisfies ChoiceReply),
  );
});
