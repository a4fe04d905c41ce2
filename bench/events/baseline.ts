/** The committed baseline: what a run is compared with, so that slowness and weight cannot creep in. */
import { readFileSync, writeFileSync } from 'node:fs';

const path = new URL('baseline.json', import.meta.url);

/** How much worse than the baseline a figure may be. */
const tolerance = 1.2;

interface Figures {
  readonly [name: string]: number | Figures;
}

export const readBaseline = (): Figures => JSON.parse(readFileSync(path, 'utf8'));

export const writeBaseline = (figures: Figures): void =>
  writeFileSync(path, `${JSON.stringify(figures, undefined, 2)}\n`);

/**
 * Compares each figure of the baseline with the one of the same name; smaller is better for all of them.
 * @returns a sentence for each figure that is missing or more than 20 % worse
 */
export function regressions(now: Figures, baseline: Figures, prefix = ''): string[] {
  return Object.entries(baseline).flatMap(([name, limit]) => {
    const figure = now[name];
    const path = prefix + name;
    if (typeof limit === 'object') {
      return regressions(typeof figure === 'object' ? figure : {}, limit, `${path}.`);
    }
    if (typeof figure !== 'number') return [`${path} is missing`];
    if (figure <= limit * tolerance) return [];
    return [`${path} is ${figure}, more than 20 % above ${limit}`];
  });
}
