/**
 * Follows an expression through a body in the way the JMESPath library evaluates it, and notes where a path leads to
 * nothing. Best effort: parts that it does not know give no gaps.
 */
import type { SyntaxTree } from '../syntax-tree.ts';
import { type Gap, gapAt } from './gap.ts';
import { joinPath, printName, printNode } from './print-node.ts';
import { walkCall, walkOperands } from './walk-calls.ts';
import { walkAlternatives, walkAnd, walkComparison, walkNot, walkTernary } from './walk-conditions.ts';
import { walkFilter, walkFlatten, walkIndex, walkProjection, walkValues } from './walk-lists.ts';
import { evaluatePart, isFalse, type Place, type Walked, type Walker } from './walker.ts';

interface Sides {
  readonly left: SyntaxTree;
  readonly right: SyntaxTree;
}

type Typed<Type extends string> = Extract<SyntaxTree, { readonly type: Type }>;

export function walkNode(node: SyntaxTree, place: Place, walker: Walker): Walked {
  switch (node.type) {
    case 'Field':
      return walkField(node.name, place, walker);
    case 'Subexpression':
    case 'IndexExpression':
    case 'Pipe':
      return walkChain(node, place, walker);
    case 'Index':
      return walkIndex(node, place, walker);
    case 'Slice':
      return { value: evaluatePart(node, place.value, walker), at: place.at + printNode(node), gaps: [] };
    case 'Flatten':
      return walkFlatten(node.child, place, walker);
    case 'Projection':
      return walkProjection({ node, left: node.left, right: node.right }, place, walker);
    case 'ValueProjection':
      return walkValues({ node, left: node.left, right: node.right }, place, walker);
    case 'FilterProjection':
      return walkFilter(node, place, walker);
    case 'MultiSelectHash':
      return walkParts(node, place, walker);
    case 'LetExpression':
      return walkLet(node, place, walker);
    case 'Variable':
      return { ...(walker.variables[node.name] ?? { value: null, at: `$${node.name}` }), gaps: [] };
    case 'Root':
      return { value: walker.root, at: '', gaps: [] };
    case 'Current':
    case 'Identity':
      return { ...place, gaps: [] };
    default:
      return walkOperation(node, place, walker);
  }
}

function walkOperation(node: SyntaxTree, place: Place, walker: Walker): Walked {
  switch (node.type) {
    case 'OrExpression':
      return walkAlternatives([node.left, node.right], place, walker);
    case 'AndExpression':
      return walkAnd(node, place, walker);
    case 'NotExpression':
      return walkNot(node, node.child, place, walker);
    case 'Ternary':
      return walkTernary(node, place, walker);
    case 'Comparator':
      return walkComparison(node, place, walker);
    case 'Function':
      return walkCall(node, place, walker);
    case 'Arithmetic':
      return walkOperands(node, [node.left, node.right], place, walker);
    case 'Unary':
      return walkOperands(node, [node.operand], place, walker);
    default:
      return { value: evaluatePart(node, place.value, walker), at: printNode(node), gaps: [] };
  }
}

function walkField(name: string, { value: holder, at }: Place, { wording }: Walker): Walked {
  const path = joinPath(at, printName(name));
  if (holder === null || holder === undefined) return { value: null, at: path, gaps: [] };
  const isThere = typeof holder === 'object' && !Array.isArray(holder) && Object.hasOwn(holder, name);
  const value = isThere ? (holder as Readonly<Record<string, unknown>>)[name] : null;
  // `phone(number, null)` means nothing, which a path to nothing gives too.
  const gap = name === 'null' && !isThere ? undefined : gapAt(name, holder, at, wording);
  return { value: value ?? null, at: path, gaps: gap === undefined ? [] : [gap] };
}

/** The right side reads what the left side gives. */
function walkChain({ left, right }: Sides, place: Place, walker: Walker): Walked {
  const first = walker.walk(left, place, walker);
  if (first.value === null || first.value === undefined) {
    const value = evaluatePart(right, null, walker);
    return { value, at: joinPath(first.at, printNode(right)), gaps: first.gaps };
  }
  const last = walker.walk(right, first, walker);
  return { ...last, gaps: [...first.gaps, ...last.gaps] };
}

/** The gaps of each part that gives nothing. */
function walkParts({ children }: Typed<'MultiSelectHash'>, place: Place, walker: Walker): Walked {
  const parts = children.map(({ name, value }) => ({ name, ...walker.walk(value, place, walker) }));
  const missing = parts.filter(({ value }) => isFalse(value));
  const gaps = missing.flatMap(({ name, gaps }) => gaps.map((gap) => ({ ...gap, part: gap.part ?? name })));
  return { value: Object.fromEntries(parts.map(({ name, value }) => [name, value])), at: place.at, gaps };
}

function walkLet({ bindings, expression }: Typed<'LetExpression'>, place: Place, walker: Walker): Walked {
  const gaps: Gap[] = [];
  let variables = walker.variables;
  for (const { variable, reference } of bindings) {
    const walked = walker.walk(reference, place, walker);
    gaps.push(...walked.gaps);
    variables = { ...variables, [variable]: { value: walked.value, at: walked.at } };
  }
  const last = walker.walk(expression, place, { ...walker, variables });
  return { ...last, gaps: [...gaps, ...last.gaps] };
}
