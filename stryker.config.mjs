/** Mutation testing of one folder of the pure core; `npm run mutation` goes through all of them. */
// biome-ignore lint/style/noDefaultExport: this is how Stryker finds its settings
export default {
  testRunner: 'vitest',
  vitest: { configFile: 'vitest.mutation.config.ts', related: false },
  plugins: ['@stryker-mutator/vitest-runner'],
  coverageAnalysis: 'perTest',
  concurrency: 2,
  timeoutMS: 10_000,
  ignorePatterns: ['.build', '.serverless', 'coverage', 'reports', 'docs', 'stack', 'bench'],
  thresholds: { high: 95, low: 90, break: 90 },
  reporters: ['clear-text', 'progress', 'json'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  tempDirName: '.build/mutation',
  warnings: { slow: false },
  // Stryker would rewrite tsconfig.json through an API that TypeScript 7 does not have. Nothing here needs the rewrite.
  tsconfigFile: 'no-tsconfig.json',
};
