import { defineConfig } from 'vitest/config';

// Four projects: what needs nothing, what needs the embedded stores, what needs real servers, what needs a browser.
export default defineConfig({
  test: {
    reporters: ['default'],
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          include: [
            'contract/**/*.test.ts',
            'engine/**/*.test.ts',
            'server/**/*.unit.test.ts',
            'web/src/**/*.test.ts',
            'test/fuzz/**/*.test.ts',
          ],
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'integration',
          environment: 'node',
          include: [
            'server/**/*.test.ts',
            'test/isolation/**/*.test.ts',
            'test/security/**/*.test.ts',
            'test/e2e/**/*.test.ts',
          ],
          exclude: ['server/**/*.unit.test.ts', '**/*.browser.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          pool: 'forks',
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'servers',
          environment: 'node',
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
