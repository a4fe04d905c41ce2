/** The committed baseline and the limits, with which a run is compared so that slowness and weight cannot creep in. */
import { readFileSync, writeFileSync } from 'node:fs';

const path = new URL('baseline.json', import.meta.url);

/** How much worse than the baseline a figure may be. */
const tolerance = 1.2;

/** The most that these ratios may be, whatever the baseline says. */
const limits: Figures = { consumer: { ratio: 2.1 }, ingest: { ratio: 2.5 } };

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
export const regressions = (now: Figures, baseline: Figures): string[] =>
  excesses(now, baseline, (reference, figure) =>
    figure <= reference * tolerance ? undefined : `more than 20 % above ${reference}`,
  );

/** @returns a sentence for each ratio that is missing or above its limit */
export const exceededLimits = (now: Figures): string[] =>
  excesses(now, limits, (limit, figure) => (figure <= limit ? undefined : `above the limit of ${limit}`));

function excesses(
  now: Figures,
  references: Figures,
  judge: (reference: number, figure: number) => string | undefined,
  prefix = '',
): string[] {
  return Object.entries(references).flatMap(([name, reference]) => {
    const figure = now[name];
    const path = prefix + name;
    if (typeof reference === 'object')
      return excesses(typeof figure === 'object' ? figure : {}, reference, judge, `${path}.`);
    if (typeof figure !== 'number') return [`${path} is missing`];
    const excess = judge(reference, figure);
    return excess === undefined ? [] : [`${path} is ${figure}, ${excess}`];
  });
}
