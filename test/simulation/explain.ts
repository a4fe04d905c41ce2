/** Explains a violation: what is wrong, and the last lines of the trace about the event. */
import { runSeed, type SeedOptions, type SeedResult } from './run-seed.ts';

const lastLines = 30;

/** Runs the seed again to read its trace: no other run pays for the lines. @returns nothing for a result without violation */
export async function explain(
  { seed, class: planClass, violation }: SeedResult,
  options: Pick<SeedOptions, 'faults'> = {},
): Promise<string> {
  if (violation === undefined) return '';
  const { invariant, key, message } = violation;
  const lines: string[] = [];
  const isAbout = about(key);
  await runSeed(seed, { ...options, onLine: (line) => void (isAbout(line) && lines.push(readable(line))) });
  return [
    `seed ${seed} (${planClass}): ${invariant}${key === '' ? '' : `, event ${key}`}`,
    `  ${message}`,
    `  the last lines of the trace${key === '' ? '' : ` about ${key}`}:`,
    ...lines.slice(-lastLines).map((line) => `    ${line}`),
    `  npm run simulate -- --seed ${seed} --trace`,
  ].join('\n');
}

/** Troubles concern every event. */
function about(key: string): (line: string) => boolean {
  if (key === '') return () => true;
  const name = new RegExp(`(?<![\\w-])${key}(?![\\w-])`);
  return (line) => name.test(line) || line.includes(' trouble');
}

/** @param line Unix milliseconds and what happened; @returns the same with a time that a person can read */
export function readable(line: string): string {
  const [ms = '', ...words] = line.trimEnd().split(' ');
  return `${new Date(Number(ms)).toISOString().slice(5, -1).replace('T', ' ')}  ${words.join(' ')}`;
}
