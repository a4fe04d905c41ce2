/** `npm run fuzz -- --bodies 1000000 --from 1`: the long form of test/fuzz/fuzz.test.ts. */
import { failUsage, readProgramOptions } from '../../scripts/program-options.ts';
import { type FuzzReport, runFuzz } from './run-fuzz.ts';

const usage = `Usage: npm run fuzz -- [options]

Sends random bodies through HTTP, webhooks and the queue, and looks for broken promises.

  --bodies N     how many (100,000)
  --from N       the number of the first (1)
  --body N       one body alone, which is printed
  --limit-ms N   the most CPU time of one body (2,000)

Exit code 0: nothing found. 1: findings. 2: wrong options.`;

const values = readProgramOptions(usage, {
  bodies: { type: 'string', default: '100000' },
  from: { type: 'string', default: '1' },
  body: { type: 'string' },
  'limit-ms': { type: 'string', default: '2000' },
});

function count(name: 'bodies' | 'from' | 'body' | 'limit-ms'): number {
  const number = Number(values[name]);
  return Number.isSafeInteger(number) && number > 0
    ? number
    : failUsage(`--${name} must be a whole number from 1.`);
}

const isOne = values.body !== undefined;
const { text, findings, ...figures } = await runFuzz({
  from: count(isOne ? 'body' : 'from'),
  bodies: isOne ? 1 : count('bodies'),
  limitMs: count('limit-ms'),
  onProgress: (report) => console.log(line(report)),
});
if (isOne) console.log(text);
console.log(JSON.stringify(figures, null, 1));
for (const { body, what, times } of findings) console.error(`body ${body}: ${what} (${times} times)`);
const grown = growth(figures.heapMb);
if (grown > 64) console.error(`the heap grew by ${grown} MB`);
console.log(findings.length === 0 ? 'every promise holds' : 'a promise is broken: --body N repeats one');
process.exit(findings.length === 0 && grown <= 64 ? 0 : 1);

/** From the second tenth, when all code is compiled, to the last. */
function growth(heapMb: readonly number[]): number {
  const [, early = 0] = heapMb;
  return heapMb.length < 10 ? 0 : (heapMb.at(-1) ?? 0) - early;
}

function line({ bodies, cpuSeconds, slowest, peakHeapMb, findings: found }: FuzzReport): string {
  const rate = Math.round(bodies / cpuSeconds);
  return `${bodies} bodies, ${rate} a second of CPU time, slowest ${slowest[0]?.ms} ms, heap ${peakHeapMb} MB, ${found.length} findings`;
}
