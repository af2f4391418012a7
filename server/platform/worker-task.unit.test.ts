// Threads: kept ones are used again for the same work, ended ones never.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { runTask, type TaskOptions } from './worker-task.ts';

const folder = mkdtempSync(join(tmpdir(), 'ofs-threads-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const module = pathToFileURL(join(folder, 'task.mjs')).href;
writeFileSync(
  join(folder, 'task.mjs'),
  `import { threadId } from 'node:worker_threads';
   let calls = 0;
   const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
   export async function which({ ms = 0 }, { onProgress }) { onProgress(0.5, 'half'); await wait(ms); return { threadId, calls: ++calls }; }
   export function fails() { throw Object.assign(new Error('no'), { code: 'why' }); }
   export function eats() { const all = []; for (;;) all.push(new Array(1e5).fill({})); }
   export function leaves() { process.exit(0); }`,
);

interface Answer {
  threadId: number;
  calls: number;
}
const run = (export_name: string, more: Partial<TaskOptions> = {}) =>
  runTask<Answer>({
    module,
    export_name,
    input: {},
    timeout_ms: 10_000,
    memory_mb: 64,
    label: 'The task',
    ...more,
  });

describe('a thread', () => {
  it('that may be kept does the next task of its kind, warm', async () => {
    const told: string[] = [];
    const first = await run('which', { keep: true });
    const second = await run('which', { keep: true, onProgress: (_, note) => told.push(note) });
    expect(second).toEqual({ threadId: first.threadId, calls: first.calls + 1 });
    expect(told).toEqual(['half']);
  });

  it('does one task at a time: two at once have one each', async () => {
    const [a, b] = await Promise.all([
      run('which', { keep: true, input: { ms: 50 } }),
      run('which', { keep: true, input: { ms: 50 } }),
    ]);
    expect(a.threadId).not.toBe(b.threadId);
  });

  it('is new, and ended with its task, unless it may be kept', async () => {
    const [kept, fresh, again] = [await run('which', { keep: true }), await run('which'), await run('which')];
    expect(new Set([kept.threadId, fresh.threadId, again.threadId]).size).toBe(3);
    expect([fresh.calls, again.calls]).toEqual([1, 1]);
  });

  it.each([
    ['fails', { name: 'TaskError', message: 'no', code: 'why' }],
    ['leaves', { name: 'TaskError', message: 'The task ended without a result.' }],
    [
      'eats',
      { name: 'TaskError', code: 'too_large', message: 'The task needed more than 64 MB and was ended.' },
    ],
    ['nothing', { name: 'TaskError', message: `${module} has no export nothing` }],
  ])('that %s is not used again', async (what, error) => {
    const before = await run('which', { keep: true });
    await expect(run(what, { keep: true })).rejects.toMatchObject(error);
    expect((await run('which', { keep: true })).threadId).not.toBe(before.threadId);
  });

  it('ends when it takes too long or nobody waits for it any more', async () => {
    const slow = { keep: true, input: { ms: 60_000 } };
    const before = await run('which', { keep: true });
    await expect(run('which', { ...slow, timeout_ms: 50 })).rejects.toMatchObject({ code: 'timeout' });
    const stop = new AbortController();
    const ended = expect(run('which', { ...slow, signal: stop.signal })).rejects.toMatchObject({
      type: 'cancelled',
    });
    stop.abort();
    await ended;
    const after = await run('which', { keep: true });
    expect([after.threadId === before.threadId, after.calls]).toEqual([false, 1]);
  });
});
