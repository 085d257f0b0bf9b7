import { defineConfig } from 'vitest/config';

/** Each test file is a process of its own: native engines and worker threads do not leak between files. */
const pool = 'forks';

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // A condition that comes true late on a busy machine is no failure.
    expect: { poll: { timeout: 30_000 } },
    pool,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.{ts,tsx}'],
          globalSetup: 'test/support/compile-kernels.js',
          maxWorkers: '100%',
          // Loading modules takes as long as testing them: files that share a process load each module once.
          isolate: false,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          globalSetup: 'test/browser/prepare.ts',
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: {
          name: 'attack',
          include: ['test/attack/**/*.test.ts'],
          globalSetup: 'test/attack/prepare.ts',
          // It measures delays: nothing else runs meanwhile.
          fileParallelism: false,
          sequence: { groupOrder: 3 },
          testTimeout: 180_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'deploy',
          include: ['test/deploy/**/*.test.ts'],
          // Clusters, images and servers of other programs, which share the cores and fixed ports.
          fileParallelism: false,
          sequence: { groupOrder: 4 },
          testTimeout: 600_000,
          hookTimeout: 600_000,
        },
      },
    ],
  },
});
