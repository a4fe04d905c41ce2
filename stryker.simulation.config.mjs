/** Mutation testing of `lib/delivery` against the simulated world alone: `npm run mutation -- simulation`. */
import settings from './stryker.config.mjs';

/** The simulated stage gets its environment as `stack` makes it. */
const ignorePatterns = settings.ignorePatterns.filter((folder) => folder !== 'stack');

// biome-ignore lint/style/noDefaultExport: this is how Stryker finds its settings
export default { ...settings, ignorePatterns, thresholds: { high: 90, low: 80, break: 80 } };
