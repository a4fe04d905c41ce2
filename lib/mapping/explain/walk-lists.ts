/** Follows the parts of an expression that read lists: `[0]`, `[]`, `[*]`, `[?…]`, slices, and `*` for all values. */
import type { SyntaxTree } from '../syntax-tree.ts';
import { emptyAt, fact, type Gap, mistake, typeName } from './gap.ts';
import { joinPath, printNode } from './print-node.ts';
import { evaluatePart, type Place, type Walked, type Walker } from './walker.ts';

/** A list can have a hundred thousand items; a wrong name is wrong in the first ones. */
const maxItems = 3;

type Typed<Type extends string> = Extract<SyntaxTree, { readonly type: Type }>;
type Filter = Typed<'FilterProjection'>;

export interface Projected {
  readonly node: SyntaxTree;
  readonly left: SyntaxTree;
  readonly right: SyntaxTree;
}

const placeOf = (at: string, { wording }: Walker): string => (at === '' ? wording.input : at);

export function walkIndex({ value: index }: Typed<'Index'>, place: Place, walker: Walker): Walked {
  const { value, at } = place;
  const path = `${at}[${index}]`;
  if (!Array.isArray(value))
    return {
      value: null,
      at: path,
      gaps: [mistake(`${placeOf(at, walker)} is ${typeName(value)}, not a list: ${indexRemedy(index, at)}`)],
    };
  const item: unknown = value.at(index);
  const isThere = index < value.length && index >= -value.length;
  const gap = isThere
    ? emptyAt(item, path, walker.wording.input)
    : fact(`${placeOf(at, walker)} has no item [${index}] in this body`);
  return { value: item ?? null, at: path, gaps: gap === undefined ? [] : [gap] };
}

/** Behind a projection, an index reads each item: `items[].sku[0]` is the start of no list. */
const indexRemedy = (index: number, at: string): string =>
  /\[(?:\]|\?|\*)/.test(at) ? `write | [${index}] for the item of the list` : `leave out [${index}]`;

export function walkFlatten(child: SyntaxTree, place: Place, walker: Walker): Walked {
  const { value, at, gaps } = walker.walk(child, place, walker);
  if (Array.isArray(value)) return { value: value.flat(), at, gaps };
  return {
    value: null,
    at,
    gaps: gaps.length > 0 || value === null ? gaps : [notAList(value, placeOf(at, walker))],
  };
}

const notAList = (value: unknown, place: string): Gap =>
  mistake(`${place} is ${typeName(value)}, not a list: leave out [] and [*]`);

/** `[*]`, `[]` and slices: the right side is applied to each item. */
export function walkProjection({ node, left, right }: Projected, place: Place, walker: Walker): Walked {
  const base = walker.walk(left, place, walker);
  const at = left.type === 'IndexExpression' ? base.at : `${base.at}[]`;
  const value = evaluatePart(node, place.value, walker);
  if (typeof base.value === 'string') return { value, at: base.at, gaps: base.gaps };
  if (!Array.isArray(base.value)) {
    const isKnown = base.gaps.length > 0 || base.value === null;
    return { value: null, at, gaps: isKnown ? base.gaps : [notAList(base.value, placeOf(base.at, walker))] };
  }
  return { value, at, gaps: [...base.gaps, ...gapsOfItems(right, { value: base.value, at }, walker)] };
}

export function walkFilter(node: Filter, place: Place, walker: Walker): Walked {
  const base = walker.walk(node.left, place, walker);
  const { value: items } = base;
  const at = `${base.at}[?…]`;
  if (!Array.isArray(items)) {
    const isKnown = base.gaps.length > 0 || items === null;
    const gap = mistake(`${placeOf(base.at, walker)} is ${typeName(items)}, not a list`);
    return { value: null, at, gaps: isKnown ? base.gaps : [gap] };
  }
  const value = evaluatePart(node, place.value, walker);
  const kept = evaluatePart({ ...node, right: { type: 'Identity' } }, place.value, walker);
  if (Array.isArray(kept) && kept.length > 0)
    return { value, at, gaps: [...base.gaps, ...gapsOfItems(node.right, { value: kept, at }, walker)] };
  const wrong = gapsOfItems(node.condition, { value: items, at: `${base.at}[]` }, walker);
  const mistakes = wrong.filter(({ isMistake }) => isMistake);
  const none = fact(`no item of ${placeOf(base.at, walker)} fits ${printNode(node.condition)}`);
  return {
    value,
    at,
    gaps: [...base.gaps, ...(mistakes.length > 0 ? mistakes : [none])],
  };
}

export function walkValues({ node, left, right }: Projected, place: Place, walker: Walker): Walked {
  const base = walker.walk(left, place, walker);
  const value = evaluatePart(node, place.value, walker);
  const at = joinPath(base.at, '*');
  if (typeof base.value !== 'object' || base.value === null || Array.isArray(base.value)) {
    const gap = mistake(
      `${placeOf(base.at, walker)} is ${typeName(base.value)}, and * is for the values of an object`,
    );
    return { value: null, at, gaps: base.gaps.length > 0 || base.value === null ? base.gaps : [gap] };
  }
  const items = Object.values(base.value);
  return { value, at, gaps: [...base.gaps, ...gapsOfItems(right, { value: items, at }, walker)] };
}

/** @returns the gaps that all of the first items have: an item may lack what others have */
function gapsOfItems(node: SyntaxTree, { value, at }: Place, walker: Walker): readonly Gap[] {
  if (!Array.isArray(value)) return [];
  const walked = value.slice(0, maxItems).map((item) => walker.walk(node, { value: item, at }, walker));
  const isCommon = ({ text }: Gap) => walked.every(({ gaps }) => gaps.some((gap) => gap.text === text));
  return walked[0]?.gaps.filter(isCommon) ?? [];
}
