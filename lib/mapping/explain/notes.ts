/**
 * What the author of a mapping should know about one webhook: which entries gave nothing, and why. Notes contain names and
 * expressions of the stage file, never a value of the body. An entry that gave a value costs nothing.
 */
import type { FieldIssue } from '../../events/issue.ts';
import type { TrackedExpression } from '../compile-entry.ts';
import type { Control } from '../mapping-entries.ts';
import { type EmptyPart, emptyParts } from './empty-parts.ts';
import { createExplainer, hintOf } from './explain.ts';
import { mistake, typeName, type Wording } from './gap.ts';
import { shorten } from './print-node.ts';
import { takesConstant } from './takes-constant.ts';

export interface MappingNote {
  /** Such as `value`, `custom_properties.channel`, `contents.content_id`, `source.when`. */
  readonly entry: string;
  /** As the stage file writes it, on one line and shortened. */
  readonly expression: string;
  /** True for an entry that gave nothing. */
  readonly isEmpty: boolean;
  /** Why, and what to do: one line; undefined when that is unknown. */
  readonly hint?: string | undefined;
}

export interface Notes {
  readonly list: readonly MappingNote[];
  /** @param value what the entry gave on `item` */
  look(entry: string, value: unknown, item: unknown): void;
  /** The entry has a value in the item and cannot use it. */
  fault(fault: FieldIssue, item: unknown): void;
  /** The condition `source.when` is not true. */
  condition(entry: string, payload: unknown): void;
  /** `source.each` gave something other than a list. */
  single(entry: string, value: unknown): void;
}

/** For rows, whose columns are known and checked before. */
export const noNotes: Notes = {
  list: [],
  look: () => undefined,
  fault: () => undefined,
  condition: () => undefined,
  single: () => undefined,
};

interface Explained {
  readonly tracked: ReadonlyMap<string, readonly TrackedExpression[]>;
  readonly hasItems: boolean;
  /** The whole body. */
  readonly payload: unknown;
}

const maxExpression = 80;

/** Notes of one webhook. Each entry is explained once, on the first item for which it gives nothing. */
export function createNotes(explained: Explained): Notes {
  const notes = new Map<string, MappingNote>();
  const explain = createExplainer(explained.payload);
  const gapsIn = (tracked: TrackedExpression, item: unknown) =>
    explain(tracked.expression.node, item, wordingOf(tracked, explained));
  const of = (entry: string) => explained.tracked.get(entry) ?? [];
  const add = (entry: string, expression: string, rest: Omit<MappingNote, 'entry' | 'expression'>) =>
    void notes.set(entry, { entry, expression: shorten(expression, maxExpression), ...rest });
  const addEmpty = ({ tracked, entry, expression, part }: EmptyPart, item: unknown) => {
    if (notes.has(entry)) return;
    const gaps = gapsIn(tracked, item).filter((gap) => part === undefined || gap.part === part);
    add(entry, expression, { isEmpty: true, hint: hintOf(gaps) });
  };
  const addHint = (entry: string, hintFor: (tracked: TrackedExpression) => string | undefined) => {
    const [tracked] = of(entry);
    if (tracked === undefined || notes.has(tracked.path)) return;
    add(tracked.path, tracked.expression.text, { isEmpty: false, hint: hintFor(tracked) });
  };
  return {
    get list() {
      return [...notes.values()];
    },
    look: (entry, value, item) => {
      for (const tracked of of(entry)) for (const part of emptyParts(tracked, value)) addEmpty(part, item);
    },
    fault: ({ field, code, message }, item) =>
      addHint(field, (tracked) =>
        hintOf(code === 'mapping_failed' ? gapsIn(tracked, item) : [mistake(message)]),
      ),
    condition: (entry, body) => addHint(entry, (tracked) => hintOf(gapsIn(tracked, body))),
    single: (entry, value) =>
      addHint(entry, () => `it gives ${typeName(value)}, not a list, and makes one event`),
  };
}

/** Entries that read the whole body even with source.each. */
const readBody: ReadonlySet<string> = new Set<Control>(['source.when', 'source.each', 'source.consent']);

function wordingOf({ path, expression }: TrackedExpression, { hasItems, payload }: Explained): Wording {
  const isItem = hasItems && !readBody.has(path);
  return {
    input: isItem ? 'the item' : 'the body',
    text: expression.text,
    takesConstant: takesConstant(path),
    ...(isItem && { payload }),
  };
}
