/** Says why an expression gives nothing on a body. Never throws, and costs a bounded amount of work for one webhook. */
import type { SyntaxTree } from '../syntax-tree.ts';
import { countValues } from './count-values.ts';
import type { Gap, Wording } from './gap.ts';
import { shorten } from './print-node.ts';
import { walkNode } from './walk.ts';
import type { Walker } from './walker.ts';

/** Parts of one expression, on each item of a list that is looked at. */
const maxSteps = 500;
/** A step can evaluate a part of the expression on the whole body: at 1 µs a value, this is a second. */
const maxVisits = 1_000_000;
const maxMistakes = 2;
const maxLength = 200;

/** @returns what keeps an expression from giving something; empty when that is unknown */
export type Explainer = (node: SyntaxTree, value: unknown, wording: Wording) => readonly Gap[];

/** @param body of the webhook: the larger it is, the fewer entries of the mapping are explained */
export function createExplainer(body: unknown): Explainer {
  let left: number | undefined;
  return (node, value, wording) => {
    left ??= Math.floor(maxVisits / countValues(body));
    const { gaps, steps } = explain(node, value, wording, Math.min(left, maxSteps));
    left -= steps;
    return gaps;
  };
}

function explain(node: SyntaxTree, value: unknown, wording: Wording, limit: number) {
  let steps = 0;
  const walk: Walker['walk'] = (part, place, walker) => {
    if (steps >= limit) throw new Error('The explanation costs too much.');
    steps += 1;
    return walkNode(part, place, walker);
  };
  try {
    const { gaps } = walk(node, { value, at: '' }, { wording, root: value, variables: {}, walk });
    return { gaps, steps };
  } catch {
    // Too much work, or a body that is nested too deeply: the webhook is worth more than its explanation.
    return { gaps: [], steps };
  }
}

/** @returns one line: the mistakes, or else the first thing that the body does not have; undefined when nothing is known */
export function hintOf(gaps: readonly Gap[]): string | undefined {
  const mistakes = gaps.filter(({ isMistake }) => isMistake);
  const chosen = mistakes.length > 0 ? mistakes.slice(0, maxMistakes) : gaps.slice(0, 1);
  const texts = new Set(chosen.map(({ text }) => shorten(text, maxLength)));
  return texts.size === 0 ? undefined : [...texts].join('; ');
}
