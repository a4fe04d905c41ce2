/** Says why an expression gives nothing on a body. Never throws, and costs a bounded amount of work. */
import type { SyntaxTree } from '../syntax-tree.ts';
import type { Gap, Wording } from './gap.ts';
import { shorten } from './print-node.ts';
import { walkNode } from './walk.ts';
import type { Walker } from './walker.ts';

/** Parts of an expression, on each item of a list that is looked at. */
const maxSteps = 500;
const maxMistakes = 2;
const maxLength = 200;

/** @returns what keeps the expression from giving something; empty when that is unknown */
export function gapsOf(node: SyntaxTree, value: unknown, wording: Wording): readonly Gap[] {
  let steps = 0;
  const walk: Walker['walk'] = (part, place, walker) => {
    steps += 1;
    if (steps > maxSteps) throw new Error('The explanation costs too much.');
    return walkNode(part, place, walker);
  };
  try {
    return walk(node, { value, at: '' }, { wording, root: value, variables: {}, walk }).gaps;
  } catch {
    // Too much work, or a body that is nested too deeply: the webhook is worth more than its explanation.
    return [];
  }
}

/** @returns one line: the mistakes, or else the first thing that the body does not have; undefined when nothing is known */
export function hintOf(gaps: readonly Gap[]): string | undefined {
  const mistakes = gaps.filter(({ isMistake }) => isMistake);
  const chosen = mistakes.length > 0 ? mistakes.slice(0, maxMistakes) : gaps.slice(0, 1);
  const texts = new Set(chosen.map(({ text }) => shorten(text, maxLength)));
  return texts.size === 0 ? undefined : [...texts].join('; ');
}
