import { execFileSync } from 'node:child_process';
import { defineConfig } from 'vitest/config';

// Chance is drawn from the commit under test (test/harness/chance.ts): its tree, so that landing it draws the same.
const env = { OFS_TEST_SEED: process.env['OFS_TEST_SEED'] ?? treeOfHead() };
const setupFiles = ['test/harness/chance.ts'];

// Four projects: what needs nothing, what needs the embedded stores, what needs real servers, what needs a browser.
export default defineConfig({
  test: {
    reporters: ['default'],
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          env,
          setupFiles,
          include: [
            'contract/**/*.test.ts',
            'engine/**/*.test.ts',
            'server/**/*.unit.test.ts',
            'web/src/**/*.test.ts',
            'test/fuzz/**/*.test.ts',
          ],
          isolate: false,
          maxWorkers: 2,
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'integration',
          environment: 'node',
          env,
          setupFiles,
          include: [
            'server/**/*.test.ts',
            'test/isolation/**/*.test.ts',
            'test/security/**/*.test.ts',
            'test/e2e/**/*.test.ts',
          ],
          exclude: ['server/**/*.unit.test.ts', '**/*.browser.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // A process for each file: many WebAssembly databases made and freed in one make V8 (Node 24) end it.
          pool: 'forks',
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'servers',
          environment: 'node',
          env,
          setupFiles,
          include: ['test/servers/**/*.test.ts', 'test/failure/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          pool: 'forks',
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'browser',
          globalSetup: 'test/e2e/setup.ts',
          environment: 'node',
          env,
          setupFiles,
          include: ['test/e2e/**/*.browser.test.ts'],
          testTimeout: 240_000,
          hookTimeout: 240_000,
          pool: 'forks',
          fileParallelism: false,
        },
      },
    ],
  },
});

function treeOfHead(): string {
  try {
    return execFileSync('git', ['rev-parse', 'HEAD^{tree}'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return 'no commit';
  }
}
