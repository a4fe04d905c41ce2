/** Builds the bundles once before the suites that run them. */
import { buildFunctions } from '../../scripts/build.ts';

export async function setup(): Promise<void> {
  await buildFunctions();
}
