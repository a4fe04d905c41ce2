/** Compares a run with the committed baseline and fixed limits, so that slower or larger code does not go unnoticed. */
import { readFileSync, writeFileSync } from 'node:fs';

const path = new URL('baseline.json', import.meta.url);

/** How much worse than the baseline a figure may be. */
const tolerance = 1.2;

/** Upper limits of these ratios, independent of the baseline. */
export const limits = {
  consumer: { ratio: 2.1, nationalRatio: 3.5, omissionCost: 1.5 },
  ingest: { ratio: 2.5, omissionCost: 1.5 },
  handlers: {
    ingest: { 1: { ratio: 3.6 }, 10: { ratio: 3.4 }, 50: { ratio: 2.2 }, 500: { ratio: 2 } },
    webhook: { ratio: 2.2 },
    deliver: { ratio: 2.6 },
  },
  coldStart: { ingest: { ratio: 1.5 }, deliver: { ratio: 1.5 }, webhook: { ratio: 1.7 } },
} as const satisfies Figures;

interface Figures {
  readonly [name: string]: number | Figures;
}

export const readBaseline = (): Figures => JSON.parse(readFileSync(path, 'utf8'));

export const writeBaseline = (figures: Figures): void =>
  writeFileSync(path, `${JSON.stringify(figures, undefined, 2)}\n`);

/**
 * Compares each figure of the baseline with the figure of the same name in this run; smaller is better for all figures.
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
