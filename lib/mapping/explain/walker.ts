/** What the parts of an explanation share: the input, the variables, and a bound on the work. */
import { type JSONValue, TreeInterpreter } from '@jmespath-community/jmespath';
import type { SyntaxTree } from '../syntax-tree.ts';
import { readingOf } from '../unreadable.ts';
import { type Gap, mistake, typeName, type Wording } from './gap.ts';
import { printNode } from './print-node.ts';

/** A value, and the path that leads to it; empty for the input itself. */
export interface Place {
  readonly value: unknown;
  readonly at: string;
}

export interface Walked extends Place {
  /** Why the value is missing or false; empty when nothing is known. */
  readonly gaps: readonly Gap[];
}

export interface Walker {
  readonly wording: Wording;
  readonly root: unknown;
  readonly variables: Readonly<Record<string, Place>>;
  /** @throws when the explanation has cost too much */
  readonly walk: (node: SyntaxTree, place: Place, walker: Walker) => Walked;
}

/** @returns what a part of an expression gives on a value; undefined when it fails */
export function evaluatePart(node: SyntaxTree, value: unknown, { root, variables }: Walker): unknown {
  const onValue = { type: 'Pipe', left: literal(value), right: node };
  const bindings = Object.entries(variables).map(([variable, place]) => ({
    type: 'Binding',
    variable,
    reference: literal(place.value),
  }));
  const tree = bindings.length === 0 ? onValue : { type: 'LetExpression', bindings, expression: onValue };
  try {
    return readingOf(() => TreeInterpreter.search(tree as SyntaxTree, root as JSONValue)).value;
  } catch {
    return undefined;
  }
}

const literal = (value: unknown) => ({ type: 'Literal', value: value ?? null });

/** A part whose operands are fine and that JMESPath cannot compute. */
export const failure = (node: SyntaxTree, operands: readonly unknown[]): Gap =>
  mistake(
    `${printNode(node)} does not take ${operands.map(typeName).join(' and ')}${joinOf(node, operands)}`,
  );

/** `+` is for numbers only. */
const joinOf = (node: SyntaxTree, operands: readonly unknown[]): string =>
  node.type === 'Arithmetic' && node.operator === 'Plus' && operands.some((each) => typeof each === 'string')
    ? `: write join('', [${printNode(node.left)}, ${printNode(node.right)}]) for texts`
    : '';

/** Truth as in JMESPath. */
export const isFalse = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  value === false ||
  (typeof value === 'object' && Object.keys(value).length === 0);
