import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

// Vitest keeps a core for itself: on a machine of two that is one file at a time, and half of the machine waits.
const maxWorkers = Math.max(2, availableParallelism() - 1);
const setupFiles = ['tools/laws-seed.ts'];

/** Four kinds of test, by where they run. `npm test` runs all; `vitest --project engine` runs one. */
export default defineConfig({
  test: {
    reporters: ['default', './tools/closing-line.ts'],
    projects: [
      {
        test: {
          name: 'engine',
          include: ['packages/engine/**/*.test.ts'],
          maxWorkers,
          setupFiles,
          environment: 'node',
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'clinic',
          include: ['packages/clinic/**/*.test.ts'],
          maxWorkers,
          setupFiles,
          globalSetup: ['packages/clinic/platform/testing/global-setup.ts'],
          environment: 'node',
          expect: { poll: { timeout: 20_000 } },
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'web',
          include: ['packages/web/**/*.test.ts', 'packages/web/**/*.test.tsx', 'tools/**/*.test.ts'],
          maxWorkers,
          setupFiles,
          environment: 'node',
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['e2e/**/*.test.ts'],
          globalSetup: ['e2e/setup/global-setup.ts'],
          environment: 'node',
          fileParallelism: false,
          expect: { poll: { timeout: 20_000 } },
          testTimeout: 240_000,
          hookTimeout: 240_000,
        },
      },
    ],
  },
});
