/** `npm run test:ledger -- --events 1000000 --seed 7`: the long form of the ledger test. */
import { buildFunctions } from '../../scripts/build.ts';
import { failUsage, readProgramOptions } from '../../scripts/program-options.ts';
import { runLedger } from './run-ledger.ts';
import { brokenConsumer } from './world.ts';

const usage = `Usage: npm run test:ledger -- [options]

Sends events through faults and restarts, and balances the books of what was accepted.

  --events <n>     how many (100000)
  --seed <n>       the seed of the faults (1)
  --mutant <name>  ${brokenConsumer}: a consumer that loses events, which the books must show
  --help           prints this text

Exit code 0: the books balance. 1: they do not. 2: wrong options.`;

const values = readProgramOptions(usage, {
  events: { type: 'string', default: '100000' },
  seed: { type: 'string', default: '1' },
  mutant: { type: 'string' },
});

/** @returns a whole number from 1 */
function count(name: 'events' | 'seed'): number {
  const number = Number(values[name]);
  return Number.isSafeInteger(number) && number > 0
    ? number
    : failUsage(`--${name} must be a whole number from 1.`);
}

function mutantOf(name: string | undefined): typeof brokenConsumer | undefined {
  return name === undefined || name === brokenConsumer
    ? name
    : failUsage(`--mutant must be ${brokenConsumer}.`);
}

const settings = { events: count('events'), seed: count('seed'), mutant: mutantOf(values.mutant) };
await buildFunctions({ names: ['ingest', 'deliver'] });
const { lost, unexpected, unexplained, wronglyParked, leaks, faults, ...counts } = await runLedger({
  ...settings,
  onProgress: console.log,
});
console.log(JSON.stringify({ seed: settings.seed, ...counts, faults: faults.length }, null, 1));
const faulty = Object.entries({ lost, unexpected, unexplained, wronglyParked, leaks }).filter(
  ([, list]) => list.length > 0,
);
for (const [name, list] of faulty)
  console.error(`${name}: ${list.length}, such as ${list.slice(0, 5).join(', ')}`);
const isSound = faulty.length === 0 && counts.undrained === 0;
console.log(
  isSound ? 'the books balance' : `the books do not balance: run again with --seed ${settings.seed}`,
);
process.exit(isSound ? 0 : 1);
