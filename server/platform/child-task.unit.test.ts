import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runChildTask } from './child-task.ts';

const folder = mkdtempSync(join(tmpdir(), 'child-task-'));
const file = join(folder, 'work.mjs');
beforeAll(() => {
  writeFileSync(
    file,
    `export const sum = ({ bytes }, { onProgress }) => { onProgress(0.5, 'half'); return bytes.reduce((a, b) => a + b, 0); };
     export const buffers = () => { const held = []; for (;;) held.push(new Uint8Array(16e6).fill(1)); };
     export const heap = () => { const held = []; for (;;) held.push({ a: [held.length] }); };
     export const tables = () => { const held = []; for (;;) { const m = new Map(); for (let i = 0; i < 1e6; i++) m.set(i, i); held.push(m); } };
     export const crash = () => process.abort();
     export const spin = () => { for (;;); };
     export const refuse = () => { throw Object.assign(new Error('No.'), { name: 'Refusal', code: 'no' }); };`,
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (export_name: string, more: { timeout_ms?: number; signal?: AbortSignal } = {}) =>
  runChildTask<number>({
    module: pathToFileURL(file).href,
    export_name,
    input: { bytes: Uint8Array.from([1, 2, 3]) },
    timeout_ms: 20_000,
    memory_mb: 300,
    label: 'Reading plan.dxf',
    ...more,
  });

describe('a task in a process of its own', () => {
  it('gives its result and its progress', async () => {
    expect(await run('sum')).toBe(6);
  });

  it.each(['buffers', 'heap', 'tables'])(
    'is ended when its %s outgrow its memory, and this process does not grow',
    async (name) => {
      const before = process.memoryUsage.rss();
      await expect(run(name)).rejects.toMatchObject({
        code: 'too_large',
        message: expect.stringMatching(/^Reading plan\.dxf needed more than 300 MB and was ended/),
      });
      expect(process.memoryUsage.rss() - before).toBeLessThan(150e6);
    },
  );

  it('may even crash', async () => {
    await expect(run('crash')).rejects.toMatchObject({ name: 'TaskError' });
  });

  it('is ended when it takes too long or is no longer wanted', async () => {
    await expect(run('spin', { timeout_ms: 700 })).rejects.toMatchObject({ code: 'timeout' });
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 300);
    await expect(run('spin', { signal: controller.signal })).rejects.toMatchObject({ type: 'cancelled' });
  });

  it('passes on what the work refuses', async () => {
    await expect(run('refuse')).rejects.toMatchObject({
      original_name: 'Refusal',
      code: 'no',
      message: 'No.',
    });
  });
});
