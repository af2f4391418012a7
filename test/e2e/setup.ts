// Once for all browser tests: the web app is built, and the demonstration is seeded into a folder that every server copies.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    demo_folder: string;
  }
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Runs Node to the end; throws with its last words where it fails. */
function run(what: string, args: string[], environment: Record<string, string>): void {
  const done = spawnSync(process.execPath, args, {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, ...environment },
  });
  if (done.status !== 0) throw new Error(`${what} failed: ${done.stderr.slice(-2000)}`);
}

export default function setup(project: TestProject): () => void {
  run(
    'Building the web app',
    ['-e', "import('./scripts/build-web.mjs').then((module) => module.buildWeb())"],
    { NODE_ENV: 'production' },
  );
  const folder = mkdtempSync(join(tmpdir(), 'ofs-demo-'));
  run('Seeding the demonstration', ['--no-warnings', 'server/main.ts', 'seed', 'demo', '--data', folder], {
    LOG_LEVEL: 'error',
    DATABASE_URL: '',
    CLICKHOUSE_URL: '',
    REDIS_URL: '',
  });
  project.provide('demo_folder', folder);
  return () => rmSync(folder, { recursive: true, force: true });
}
