/** The options of `npm run simulate`. */
import { parseArgs } from 'node:util';

export type Options =
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly problem: string }
  | { readonly kind: 'one'; readonly seed: number; readonly showsTrace: boolean }
  | { readonly kind: 'many'; readonly from: number; readonly seeds: number; readonly isJson: boolean };

export const usage = `Usage: npm run simulate -- [options]

Runs the gateway in a simulated world and checks its promises. One seed is one run, the same each time.

  --seeds <n>  how many seeds (300)
  --from <n>   the first of them (1)
  --json       prints the summary as JSON
  --seed <n>   runs one seed twice and compares the traces
  --trace      prints the trace of --seed
  --help       prints this text

Exit code 0: all seeds hold. 1: a promise is broken. 2: wrong options.`;

const usualSeeds = 300;

export function readOptions(args: readonly string[]): Options {
  const parsed = parse(args);
  if (typeof parsed === 'string') return { kind: 'wrong', problem: parsed };
  const { help, json, trace, ...given } = parsed;
  if (help) return { kind: 'help' };
  for (const [name, text] of Object.entries(given))
    if (!isWhole(text)) return { kind: 'wrong', problem: `--${name} must be a whole number from 1.` };
  const numberOf = (name: keyof typeof given, usual: number): number => Number(given[name] ?? usual);
  if (given.seed === undefined) {
    if (trace) return { kind: 'wrong', problem: '--trace needs --seed.' };
    return {
      kind: 'many',
      from: numberOf('from', 1),
      seeds: numberOf('seeds', usualSeeds),
      isJson: json === true,
    };
  }
  const other = given.seeds !== undefined || given.from !== undefined || json;
  if (other) return { kind: 'wrong', problem: '--seed goes with --trace only.' };
  return { kind: 'one', seed: numberOf('seed', 1), showsTrace: trace === true };
}

function parse(args: readonly string[]) {
  try {
    const text = { type: 'string' } as const;
    const flag = { type: 'boolean' } as const;
    const options = { seeds: text, from: text, seed: text, json: flag, trace: flag, help: flag };
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** The scheduler draws from 32 bits of the seed. */
const isWhole = (text: string | undefined): boolean =>
  text === undefined || (/^[1-9]\d{0,9}$/.test(text) && Number(text) <= 0xffff_ffff);
