/**
 * The suites as projects, by what they need: `unit`, `property` and `simulation` run code alone, `integration` runs real
 * servers, and `package` runs osls and the bundles. Only a run that touches `package` builds the bundles.
 */
import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';
import { flakyReporter } from './test/support/flaky-reporter.ts';

const suites = (...folders: readonly string[]): string[] =>
  folders.map((folder) => `test/${folder}/**/*.test.ts`);

/** Folders of `lib` that hold rules, not connections: their tests need no server, so a gap has no excuse. */
const strictFolders = [
  'schema',
  'privacy',
  'events',
  'payload',
  'mapping',
  'webhooks',
  'ingest',
  'rows',
  'collect',
  'sync',
  'queue',
  'tiktok',
  'journal',
  'reasons',
  'delivery',
] as const;

export default defineConfig({
  test: {
    // Node keeps compiled code there: each of the hundreds of processes that the tests start needs half the CPU time.
    env: { NODE_COMPILE_CACHE: fileURLToPath(new URL('.build/compile-cache', import.meta.url)) },
    // Real servers on two cores: more workers than that only make the slow tests slower.
    maxWorkers: 2,
    // A busy machine of continuous integration can stall once. The reporter names each test that needed the retry.
    retry: process.env.CI ? 1 : 0,
    reporters: [
      ...configDefaults.reporters,
      flakyReporter({ file: '.build/flaky-tests.txt', summaryFile: process.env.GITHUB_STEP_SUMMARY }),
    ],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: suites('unit'),
          testTimeout: 10_000,
          hookTimeout: 10_000,
          // One process for many files: a fresh one for each costs three times the CPU time of the tests themselves.
          isolate: false,
        },
      },
      {
        extends: true,
        test: { name: 'property', include: suites('property', 'fuzz'), testTimeout: 60_000, isolate: false },
      },
      {
        extends: true,
        test: { name: 'simulation', include: suites('simulation'), testTimeout: 60_000, isolate: false },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: suites('integration', 'local', 'cli', 'docs', 'e2e', 'browser', 'soak'),
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'package',
          include: suites('template', 'deploy', 'upgrade', 'runtime', 'ledger'),
          globalSetup: ['test/support/build-bundles.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
    coverage: {
      provider: 'v8',
      include: ['lib/**/*.ts'],
      // It runs in Chromium, which the coverage of Node does not see: test/browser/collect is its net.
      exclude: ['lib/collect/browser/**'],
      reporter: ['text-summary', 'json-summary', 'json'],
      thresholds: {
        lines: 95,
        branches: 95,
        ...Object.fromEntries(
          strictFolders.map((folder) => [`lib/${folder}/**`, { lines: 98, branches: 98 }]),
        ),
      },
    },
  },
});
