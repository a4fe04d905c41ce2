/**
 * The mapping format: event field → JMESPath expression, with `source.when` and `source.each`. Webhooks of any
 * platform and rows of a sync use the same format. A wrong mapping fails when it is compiled, before any webhook or row arrives.
 */
import { Misconfigured } from '../errors/app-error.ts';
import { type FieldName, fieldNames } from '../events/fields/table.ts';
import { isPayload } from '../payload/values.ts';
import { applyMapping, type MappedEvents } from './apply-mapping.ts';
import { checkConstant, checkLiteral, checkWords } from './checks/check-constants.ts';
import { textsIn } from './columns.ts';
import {
  compileText,
  compileValue,
  type EntryWithout,
  entriesWithout,
  type TrackedExpression,
} from './compile-entry.ts';
import type { Expression } from './expression.ts';
import { type Control, flattenControls, isControl, knownField } from './mapping-entries.ts';
import { type MappingRequest, withScope } from './mapping-request.ts';

export interface MappingOptions {
  /** Columns with the name of an event field need no entry. For rows; default false. */
  readonly includeSameNames?: boolean;
  /** Fields that a column of the same name does not fill. Default none. */
  readonly excludedNames?: readonly FieldName[];
  /** The fields override those of events made elsewhere, so event_name is optional. Default false. */
  readonly isOverlay?: boolean;
  /** Omits an optional field whose expression fails. For webhooks, whose sender cannot correct them. Default false. */
  readonly isTolerant?: boolean;
  /** Notes which entries gave nothing, and why. For webhooks, whose fields are not known. Default false. */
  readonly isExplained?: boolean;
}

export interface CompiledMapping {
  (payload: unknown, request?: MappingRequest): MappedEvents;
  /**
   * For rows, whose columns are known.
   * @returns the entries whose expression names other columns; such as `value`, `custom_properties.channel`
   */
  readonly entriesWithout: (columns: Iterable<string>) => readonly EntryWithout[];
  /** The fields that a column of the same name fills, because the mapping has no entry for them. */
  readonly sameNames: readonly FieldName[];
  /** The texts that the mapping itself gives to event_name, such as `Purchase`: no others may be logged. */
  readonly eventNames: ReadonlySet<string>;
}

/**
 * @param mapping a YAML object: event field → expression; a number or boolean is a constant; an object maps its parts
 * @throws Misconfigured that names the field or setting and what is wrong with it
 */
export function compileMapping(mapping: unknown, options: MappingOptions = {}): CompiledMapping {
  if (!isPayload(mapping))
    throw new Misconfigured('mapping', 'must be an object: event field → JMESPath expression');
  const control = new Map<Control, Expression>();
  const fields = new Map<FieldName, Expression>();
  const tracked: TrackedExpression[] = [];
  for (const [name, value] of flattenControls(mapping)) {
    if (isControl(name)) control.set(name, compileText(value, [name], tracked));
    else fields.set(knownField(name), compileValue(value, [name], tracked));
  }
  checkEntries(fields, control, options);
  // The columns of rows are known and checked, and a column may be called Purchase.
  if (!options.includeSameNames) checkConstants(mapping, tracked);
  const excluded = new Set(options.excludedNames);
  const sameNames = options.includeSameNames
    ? fieldNames.filter((name) => !fields.has(name) && !excluded.has(name))
    : [];
  const compiled = {
    control,
    fields,
    sameNames,
    isTolerant: options.isTolerant === true,
    explained: options.isExplained ? Map.groupBy(tracked, ({ keys: [entry] }) => entry) : undefined,
  };
  const map = (payload: unknown, request: MappingRequest = {}) =>
    withScope({ ...request, payload }, () => applyMapping(payload, compiled));
  const onRows = control.has('source.each') ? tracked.filter(isOnTheRow) : tracked;
  return Object.assign(map, {
    entriesWithout: (known: Iterable<string>) => entriesWithout(onRows, new Set(known)),
    sameNames,
    eventNames: new Set(
      tracked
        .filter(({ path }) => path === 'event_name')
        .flatMap(({ expression }) => textsIn(expression.node)),
    ),
  });
}

/** With source.each, all other entries read an item of its list. */
const isOnTheRow = ({ path }: TrackedExpression): boolean => isControl(path) && path !== 'source.paid_at';

/** @throws Misconfigured for a constant without quotes, and for a number or a boolean where the field takes none */
function checkConstants(
  mapping: Readonly<Record<string, unknown>>,
  tracked: readonly TrackedExpression[],
): void {
  for (const { path, keys, expression } of tracked) {
    checkWords(expression.node, `mapping.${path}`);
    if (!isControl(path) && keys.length === 1)
      checkConstant(knownField(path), expression.node, `mapping.${path}`);
  }
  for (const [name, value] of Object.entries(mapping))
    if (typeof value === 'number' || typeof value === 'boolean')
      checkLiteral(knownField(name), value, `mapping.${name}`);
}

/** A built-in mapping makes one event and knows its time, so these settings would have no effect. */
const listControls: readonly Control[] = ['source.each', 'source.paid_at'];

/** @throws Misconfigured */
function checkEntries(
  fields: ReadonlyMap<FieldName, Expression>,
  control: ReadonlyMap<Control, Expression>,
  { includeSameNames, isOverlay }: MappingOptions,
): void {
  if (!fields.has('event_name') && !includeSameNames && !isOverlay)
    throw new Misconfigured(
      'mapping.event_name',
      "is missing: give the event's name, such as 'Purchase' in quotes",
    );
  const idle = isOverlay ? listControls.find((name) => control.has(name)) : undefined;
  if (idle !== undefined)
    throw new Misconfigured(
      `mapping.${idle}`,
      'has no effect on a built-in platform: remove it, or use a custom source',
    );
}
