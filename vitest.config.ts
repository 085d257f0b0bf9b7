import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Each test file is a process of its own: native engines and worker threads do not leak between files.
    pool: 'forks',
    // One at a time: the kernels and the browser each want all cores, and browser tests wait only so long.
    fileParallelism: false,
  },
});
