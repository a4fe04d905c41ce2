/**
 * Draws the plan of a seed: the same seed gives the same plan. Each class of plans has the troubles under which a promise can
 * be decided, and no others.
 */
import { createRandom, type Random } from '../../support/random.ts';
import { drawBadEvents } from './classes/bad-events.ts';
import { drawBriefFailure } from './classes/brief-failure.ts';
import { drawEverything } from './classes/everything.ts';
import { drawLongOutage } from './classes/long-outage.ts';
import { drawQuiet } from './classes/quiet.ts';
import type { Draft, Plan, PlanClass } from './plan.ts';

/** The seeds take turns, so that a few seeds in a row contain each class. Most troubles at once find the most. */
const turns: readonly (readonly [PlanClass, (random: Random) => Draft])[] = [
  ['everything', drawEverything],
  ['quiet', drawQuiet],
  ['everything', drawEverything],
  ['brief failure', drawBriefFailure],
  ['bad events', drawBadEvents],
  ['everything', drawEverything],
  ['long outage', drawLongOutage],
  ['bad events', drawBadEvents],
];

/** @param seed a whole number from 1 */
export function drawPlan(seed: number): Plan {
  const turn = turns[seed % turns.length];
  if (turn === undefined) throw new Error(`The seed ${seed} must be a whole number from 1.`);
  const [name, draw] = turn;
  const draft = draw(createRandom(seed));
  const healedMs = Math.max(0, ...draft.troubles.map(({ untilMs }) => untilMs));
  return { seed, class: name, ...draft, healedMs };
}
