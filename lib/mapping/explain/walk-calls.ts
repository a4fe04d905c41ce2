/** Follows the parts of an expression that compute: functions and arithmetic. */
import { currentScope } from '../mapping-request.ts';
import type { SyntaxTree } from '../syntax-tree.ts';
import { fact, type Gap, mistake } from './gap.ts';
import { joinPath, printName, printNode } from './print-node.ts';
import { walkAlternatives } from './walk-conditions.ts';
import { evaluatePart, failure, isFalse, type Place, type Walked, type Walker } from './walker.ts';

type Typed<Type extends string> = Extract<SyntaxTree, { readonly type: Type }>;

export function walkCall(node: Typed<'Function'>, place: Place, walker: Walker): Walked {
  const { name, children } = node;
  if (name === 'not_null') return walkAlternatives(children, place, walker);
  if (name === 'payload') return { value: currentScope().payload, at: 'payload()', gaps: [] };
  const walked = walkOperands(node, children, place, walker);
  if (walked.gaps.length > 0 || !isFalse(walked.value)) return walked;
  const isRequest = name === 'header' || name === 'query';
  const text = walked.value === false ? 'is false' : isRequest ? 'is not in the request' : 'gives nothing';
  return { ...walked, gaps: [fact(`${printNode(node)} ${text}`)] };
}

export function walkOperands(
  node: SyntaxTree,
  operands: readonly SyntaxTree[],
  place: Place,
  walker: Walker,
): Walked {
  const mistaken = misread(node, place, walker);
  if (mistaken !== undefined) return { value: null, at: printNode(node), gaps: [mistaken] };
  const walked = operands.map((operand) => walkOperand(operand, operands, place, walker));
  const value = evaluatePart(node, place.value, walker);
  const at = printNode(node);
  const gaps = walked.flatMap((operand) => operand.gaps);
  if (value !== undefined) return { value, at, gaps: isNothing(value) ? gaps : [] };
  const values = walked.map((operand) => operand.value);
  return {
    value: null,
    at,
    gaps: gaps.some(({ isMistake }) => isMistake) ? gaps : [...gaps, failure(node, values)],
  };
}

/** `map(&name, items)` gives a list of nulls where no item has a name. */
const isNothing = (value: unknown): boolean =>
  isFalse(value) || (Array.isArray(value) && value.every(isFalse));

/** `&name` in `map(&name, items)` reads an item of the list beside it. */
function walkOperand(operand: SyntaxTree, all: readonly SyntaxTree[], place: Place, walker: Walker): Walked {
  if (operand.type !== 'ExpressionReference') return walker.walk(operand, place, walker);
  const list = all.find((other) => other.type !== 'ExpressionReference');
  const items = list === undefined ? undefined : evaluatePart(list, place.value, walker);
  if (list === undefined || !Array.isArray(items) || items.length === 0) return { ...place, gaps: [] };
  return walker.walk(operand.child, { value: items[0], at: `${printNode(list)}[]` }, walker);
}

/** `user-agent` without quotes is a subtraction, and `data/email` a division. */
function misread(node: SyntaxTree, place: Place, walker: Walker): Gap | undefined {
  if (node.type !== 'Arithmetic' || node.right.type !== 'Field') return undefined;
  const { left, right, operator } = node;
  if (operator === 'Divide') {
    const { value } = walker.walk(left, place, walker);
    const path = joinPath(printNode(left), printName(right.name));
    return has(value, right.name) ? mistake(`${printNode(node)} is a division: write ${path}`) : undefined;
  }
  const isPath = left.type === 'Subexpression';
  const last = isPath ? left.right : left;
  if (operator !== 'Minus' || last.type !== 'Field') return undefined;
  const holder = isPath ? walker.walk(left.left, place, walker) : { ...place, at: '' };
  const name = `${last.name}-${right.name}`;
  if (!has(holder.value, name)) return undefined;
  const [written, meant] = [joinPath(holder.at, name), joinPath(holder.at, printName(name))];
  return mistake(`${written} is a subtraction: write the name in double quotes, ${meant}`);
}

const has = (value: unknown, name: string): boolean =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name);
