/** `npm run test:ledger -- --events 1000000 --seed 7`: the long form of the ledger test. */
import { parseArgs } from 'node:util';
import { buildFunctions } from '../../scripts/build.ts';
import { runLedger } from './run-ledger.ts';

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    mutant: { type: 'string' },
  },
});
await buildFunctions({ names: ['ingest', 'deliver'] });
const settings = { events: Number(values.events), seed: Number(values.seed), mutant: values.mutant };
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
