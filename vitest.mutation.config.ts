/** The suites that mutation testing runs for each folder. A mutant survives when these suites do not catch it. */
import { defineConfig } from 'vitest/config';

const suites: Readonly<Record<string, readonly string[]>> = {
  events: [
    'test/unit/events/**/*.test.ts',
    'test/property/decode-event.test.ts',
    'test/property/matcher.test.ts',
    'test/unit/webhooks/list-limits.test.ts',
  ],
  privacy: [
    'test/unit/privacy/*.test.ts',
    'test/unit/tiktok/track-event-digests.test.ts',
    'test/property/page-address.test.ts',
    'test/property/privacy.test.ts',
  ],
  tiktok: ['test/unit/tiktok/*.test.ts', 'test/integration/tiktok-client.test.ts'],
  delivery: ['test/unit/delivery/*.test.ts', 'test/property/deliver-batch.test.ts'],
  simulation: ['test/simulation/mutants.test.ts'],
};

export default defineConfig({
  test: {
    include: [...(suites[process.env.MUTATED_FOLDER ?? ''] ?? Object.values(suites).flat())],
    testTimeout: 20_000,
  },
});
