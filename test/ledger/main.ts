/** `npm run test:ledger -- --events 1000000 --seed 7`: the long form of the ledger test. */
import { parseArgs } from 'node:util';
import { buildFunctions } from '../../scripts/build.ts';
import { runLedger } from './run-ledger.ts';
import { brokenConsumer } from './world.ts';

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    mutant: { type: 'string' },
  },
});
function fail(message: string): never {
  console.error(message);
  process.exit(2);
}

/** @returns a whole number from 1 */
function count(name: 'events' | 'seed'): number {
  const number = Number(values[name]);
  return Number.isSafeInteger(number) && number > 0
    ? number
    : fail(`--${name} must be a whole number from 1.`);
}

function mutantOf(name: string | undefined): typeof brokenConsumer | undefined {
  return name === undefined || name === brokenConsumer ? name : fail(`--mutant must be ${brokenConsumer}.`);
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
