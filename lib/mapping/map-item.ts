/** Applies a compiled mapping to one item, such as a row or the payload of a webhook. */
import { type FieldName, fields, fieldsWhere } from '../events/fields/table.ts';
import type { FieldIssue } from '../events/issue.ts';
import { isPayload } from '../payload/values.ts';
import type { TrackedExpression } from './compile-entry.ts';
import type { Notes } from './explain/notes.ts';
import type { Expression } from './expression.ts';
import type { Control } from './mapping-entries.ts';
import { plain } from './plain.ts';
import { readingOf } from './unreadable.ts';

export interface Compiled {
  readonly control: ReadonlyMap<Control, Expression>;
  readonly fields: ReadonlyMap<FieldName, Expression>;
  readonly sameNames: readonly FieldName[];
  readonly isTolerant: boolean;
  /** The expressions of each entry, when the mapping notes which of them gave nothing. */
  readonly explained: ReadonlyMap<string, readonly TrackedExpression[]> | undefined;
}

/** A field that the event lacks, or has only in part, although the item has something for it. */
export interface MappingOmission extends FieldIssue {
  readonly field: FieldName;
  readonly code: 'unreadable' | 'mapping_failed';
}

/** Why an item gives no event. `field` is the name of an entry of the mapping. */
export interface MappingFault extends FieldIssue {
  readonly code: 'unreadable' | 'invalid_time' | 'mapping_failed';
}

interface MappedItem {
  readonly event: Record<string, unknown>;
  readonly paidAt: unknown;
  readonly omissions: readonly MappingOmission[];
}

/**
 * Without one of these, the event would be another event, would count twice, or would ignore the person's choice. The last
 * fields have a value that a faulty one stands for: `consent` and `limited_data_use`.
 */
const essential: ReadonlySet<string> = new Set<FieldName>([
  'event_id',
  ...fieldsWhere(fields, ({ isEssential, whenFaulty }) => isEssential === true || whenFaulty !== undefined),
]);

const times: ReadonlySet<string> = new Set<FieldName | Control>(['event_time', 'source.paid_at']);

/** @returns the event, or the fault of an entry without which there is none */
export function mapItem(
  item: unknown,
  compiled: Compiled,
  notes: Notes,
): MappedItem | { readonly fault: MappingFault } {
  const { control, fields: entries, sameNames, isTolerant } = compiled;
  const event = fieldsOfSameName(item, sameNames);
  const omissions: MappingOmission[] = [];
  const paid = evaluateEntry('source.paid_at', control.get('source.paid_at'), item);
  if (paid.fault !== undefined) notes.fault(paid.fault, item);
  if (paid.fault !== undefined) return { fault: paid.fault };
  notes.look('source.paid_at', paid.value, item);
  for (const [name, expression] of entries) {
    const { value, fault } = evaluateEntry(name, expression, item);
    if (fault !== undefined) notes.fault(fault, item);
    else notes.look(name, value, item);
    if (fault !== undefined && isFatal(fault, isTolerant)) return { fault };
    if (fault !== undefined) omissions.push({ ...fault, field: name, code: omissionCode(fault) });
    if (value !== undefined) event[name] = value;
  }
  // null says that the mapping asks for a payment date and the item has none.
  return { event, paidAt: control.has('source.paid_at') ? (paid.value ?? null) : undefined, omissions };
}

const isFatal = ({ field, code }: MappingFault, isTolerant: boolean): boolean =>
  essential.has(field) || (code === 'mapping_failed' && !isTolerant);

const omissionCode = ({ code }: MappingFault): MappingOmission['code'] =>
  code === 'mapping_failed' ? code : 'unreadable';

function fieldsOfSameName(item: unknown, names: readonly FieldName[]): Record<string, unknown> {
  const event: Record<string, unknown> = {};
  for (const name of names) {
    const value = isPayload(item) && Object.hasOwn(item, name) ? plain(item[name]) : undefined;
    if (value !== undefined) event[name] = value;
  }
  return event;
}

interface EntryValue {
  readonly value?: unknown;
  readonly fault?: MappingFault;
}

/**
 * Evaluates the expression of one entry. Never throws.
 * @param isAnswered whether the value stands for itself, whatever the expression could not read on its way to it. By
 * default a single value does; a list or an object may be there in part
 */
export function evaluateEntry(
  field: string,
  expression: Expression | undefined,
  item: unknown,
  isAnswered: (value: unknown) => boolean = isSingle,
): EntryValue {
  if (expression === undefined) return {};
  try {
    const { value, ...reading } = readingOf(() => expression(item));
    const problem = field === 'event_time' ? reading.problemOfTime : reading.problem;
    return problem === undefined || isAnswered(value)
      ? { value }
      : { value, fault: unreadable(field, problem) };
  } catch {
    // JMESPath throws when a function gets an argument of the wrong type.
    return { fault: mappingFailed(field) };
  }
}

const isSingle = (value: unknown): boolean => value !== undefined && typeof value !== 'object';

const unreadable = (field: string, problem: string): MappingFault => ({
  field,
  code: times.has(field) ? 'invalid_time' : 'unreadable',
  message: `the mapping cannot read the value: ${problem}`,
});

const mappingFailed = (field: string): MappingFault => ({
  field,
  code: 'mapping_failed',
  message: 'the expression of this field does not fit the row',
});
