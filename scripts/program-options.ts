/** The options of the programs that engineers run by hand: benchmarks, simulations and long tests. */
import { type ParseArgsConfig, parseArgs } from 'node:util';

type Options = NonNullable<ParseArgsConfig['options']>;

/**
 * Reads the command line. `--help` prints the usage and exits with 0; an unknown option or a missing value prints why and the
 * usage, and exits with 2.
 * @returns the values by name; an option without a default is undefined when it is not given
 */
export function readProgramOptions<const T extends Options>(usage: string, options: T) {
  if (process.argv.slice(2).includes('--help')) {
    console.log(usage);
    process.exit(0);
  }
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    return failUsage(error instanceof Error ? error.message : String(error), usage);
  }
}

/** Ends the program with exit code 2, for a wrong option. */
export function failUsage(problem: string, usage?: string): never {
  console.error(usage === undefined ? problem : `${problem}\n\n${usage}`);
  process.exit(2);
}
