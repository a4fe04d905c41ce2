import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/build-bundles.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Real servers on two cores: more workers than that only make the slow tests slower.
    maxWorkers: 2,
    // A machine of continuous integration may stall once; a test that fails twice there is wrong.
    retry: process.env.CI ? 1 : 0,
    coverage: {
      provider: 'v8',
      include: ['lib/**/*.ts'],
      reporter: ['text-summary', 'json-summary'],
      thresholds: { lines: 95, branches: 95 },
    },
  },
});
