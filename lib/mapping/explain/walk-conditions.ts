/** Follows the parts of an expression that decide: comparisons, `!`, `&&`, `||` and `? :`. */
import type { SyntaxTree } from '../syntax-tree.ts';
import { fact, type Gap, mistake, typeName } from './gap.ts';
import { printNode } from './print-node.ts';
import { evaluatePart, isFalse, type Place, type Walked, type Walker } from './walker.ts';

type Typed<Type extends string> = Extract<SyntaxTree, { readonly type: Type }>;
interface Sides {
  readonly left: SyntaxTree;
  readonly right: SyntaxTree;
}

/** Only when no alternative gives a value, their gaps matter. */
export function walkAlternatives(nodes: readonly SyntaxTree[], place: Place, walker: Walker): Walked {
  const gaps: Gap[] = [];
  let last: Walked = { ...place, value: null, gaps };
  for (const node of nodes) {
    last = walker.walk(node, place, walker);
    if (!isFalse(last.value)) return { ...last, gaps: [] };
    gaps.push(...last.gaps);
  }
  return { ...last, gaps };
}

/** A false left side is the result. */
export function walkAnd({ left, right }: Sides, place: Place, walker: Walker): Walked {
  const first = walker.walk(left, place, walker);
  return isFalse(first.value) ? first : walker.walk(right, place, walker);
}

export function walkTernary(node: Typed<'Ternary'>, place: Place, walker: Walker): Walked {
  const condition = walker.walk(node.condition, place, walker);
  const isElse = isFalse(condition.value);
  const chosen = walker.walk(isElse ? node.falseExpr : node.trueExpr, place, walker);
  return { ...chosen, gaps: isElse ? [...condition.gaps, ...chosen.gaps] : chosen.gaps };
}

export function walkNot(node: SyntaxTree, child: SyntaxTree, place: Place, walker: Walker): Walked {
  const isTrue = isFalse(walker.walk(child, place, walker).value);
  return { value: isTrue, at: printNode(node), gaps: isTrue ? [] : [fact(`${printNode(node)} is false`)] };
}

export function walkComparison(node: Typed<'Comparator'>, place: Place, walker: Walker): Walked {
  const walkSide = (side: SyntaxTree, other: SyntaxTree) => {
    const isCompared = side.type === 'Field' && other.type !== 'Literal';
    return walker.walk(side, place, { ...walker, wording: { ...walker.wording, isCompared } });
  };
  const left = walkSide(node.left, node.right);
  const right = walkSide(node.right, node.left);
  const value = evaluatePart(node, place.value, walker);
  const at = printNode(node);
  if (!isFalse(value)) return { value, at, gaps: [] };
  const gaps = [...left.gaps, ...right.gaps];
  const [one, two] = [
    { ...left, isLiteral: node.left.type === 'Literal' },
    { ...right, isLiteral: node.right.type === 'Literal' },
  ];
  const other = mismatch(node.name, one, two) ?? mismatch(node.name, two, one);
  return { value, at, gaps: [...gaps, other ?? fact(`${at} is false`)] };
}

interface Side extends Walked {
  readonly isLiteral: boolean;
}

const ordered: ReadonlySet<string> = new Set(['GT', 'GTE', 'LT', 'LTE']);
const fold = (text: string): string => text.trim().toLowerCase();
const placeOf = ({ at }: Side): string => (at === '' ? '@' : at);

/** @returns why a comparison that looks right is false; undefined when the values simply differ */
function mismatch(operator: string, one: Side, other: Side): Gap | undefined {
  const [place, otherPlace] = [placeOf(one), placeOf(other)];
  if (typeof one.value !== 'string' || isFalse(other.value)) return undefined;
  if (ordered.has(operator))
    return mistake(`${place} is a text, and only numbers have an order: write to_number(${place})`);
  if (operator !== 'EQ') return undefined;
  if (typeof other.value === 'string')
    return fold(one.value) === fold(other.value)
      ? mistake(`${place} and ${otherPlace} differ only in case or space`)
      : undefined;
  if (typeof other.value !== 'number' && typeof other.value !== 'boolean') return undefined;
  const remedy = one.isLiteral
    ? `: write \`${one.value}\``
    : other.isLiteral
      ? `: write '${other.value}'`
      : '';
  return mistake(
    `${place} is a text and ${otherPlace} is ${typeName(other.value)}, which are never equal${remedy}`,
  );
}
