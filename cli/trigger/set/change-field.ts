/** Sets one field of a body by its path. A first name that the body does not have is a mistake, and is named. */
import { isObject } from '../../../lib/schema/is-object.ts';
import { nearestName } from '../../../lib/schema/nearest-name.ts';
import { usageError } from '../../errors/cli-error.ts';
import type { Json } from '../samples/sample.ts';
import { friendlyNameList } from './friendly-names.ts';
import type { FieldChange } from './parse-sets.ts';

/** Changes the tree in place. @throws CliError for a path that does not fit the tree */
export function changeField(tree: Json, { segments, text, isFromRoot }: FieldChange): void {
  const [first = ''] = segments;
  if (!isFromRoot && !Object.hasOwn(tree, first)) throw unknownName(segments.join('.'), tree);
  const last = segments.at(-1) ?? '';
  let parent: Container = tree;
  for (const [index, segment] of segments.slice(0, -1).entries()) {
    checkIndex(parent, segment, segments);
    const inner: unknown = read(parent, segment);
    if (!isContainer(inner) && inner !== null && inner !== undefined)
      throw usageError(
        `--set ${segments.join('.')}: ${segments.slice(0, index + 1).join('.')} has no fields.`,
      );
    const next: Container = isContainer(inner) ? inner : {};
    write(parent, segment, next);
    parent = next;
  }
  checkIndex(parent, last, segments);
  write(parent, last, parseValue(text, read(parent, last)));
}

type Container = Record<string, unknown> | unknown[];

const isContainer = (value: unknown): value is Container => isObject(value) || Array.isArray(value);

const read = (container: Container, name: string): unknown =>
  Object.hasOwn(container, name) ? (container as Record<string, unknown>)[name] : undefined;

function write(container: Container, name: string, value: unknown): void {
  (container as Record<string, unknown>)[name] = value;
}

/** One more than the list has adds to it. */
function checkIndex(container: Container, segment: string, segments: readonly string[]): void {
  if (!Array.isArray(container)) return;
  if (/^\d{1,4}$/.test(segment) && Number(segment) <= container.length) return;
  throw usageError(
    `--set ${segments.join('.')}: ${segment} is no place in a list of ${container.length}: use 0 to ${container.length}.`,
  );
}

/**
 * JSON if it is JSON, otherwise text. Platforms write many numbers as text: where the body has text, a number or a
 * boolean stays text, and so does a number that JSON would round.
 */
function parseValue(text: string, before: unknown): unknown {
  try {
    const value: unknown = JSON.parse(text);
    const isRounded = typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value);
    const isScalar = typeof value === 'number' || typeof value === 'boolean';
    return isRounded || (isScalar && typeof before === 'string') ? text : value;
  } catch {
    return text;
  }
}

function unknownName(name: string, tree: Json) {
  const near = nearestName(name, [...friendlyNameList, ...Object.keys(tree)]);
  const places = pathsTo(name, tree).slice(0, 3);
  return usageError(
    [
      `--set ${name}: neither a name nor a field of this body.`,
      ...(near === undefined ? [] : [`Did you mean ${near}?`]),
      ...(places.length > 0 ? [`The body has ${places.join(', ')}.`] : []),
      `Names: ${friendlyNameList.join(', ')}.`,
      'Write a field as a path with dots, such as line_items.0.sku=ABC; a dot in front (.name=value) adds a field.',
    ].join(' '),
  );
}

/** @returns the paths of all fields with this name */
function pathsTo(name: string, value: unknown, path: readonly string[] = []): string[] {
  if (!isContainer(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    ...(key === name ? [[...path, key].join('.')] : []),
    ...pathsTo(name, inner, [...path, key]),
  ]);
}
