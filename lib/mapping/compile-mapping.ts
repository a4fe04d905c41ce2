/**
 * The mapping format: event field → JMESPath expression, with `source.when` and `source.each`. Webhooks of any
 * platform and rows of a sync use the same format. A wrong mapping fails when it is compiled, before any webhook or row arrives.
 */
import { Misconfigured } from '../errors/app-error.ts';
import { type FieldName, fieldNames } from '../events/fields/table.ts';
import { isPayload } from '../payload/values.ts';
import { compileExpression, type Expression, plain } from './expression.ts';
import { type Compiled, mapItem } from './map-item.ts';
import { type Control, flattenControls, isControl, knownField } from './mapping-entries.ts';
import { type MappingRequest, withScope } from './mapping-request.ts';

export interface MappingOptions {
  /** Columns with the name of an event field need no entry. For rows; default false. */
  readonly includeSameNames?: boolean;
  /** The fields override those of events made elsewhere, so event_name is optional. Default false. */
  readonly isOverlay?: boolean;
  /** Omits an optional field whose expression fails. For webhooks, whose sender cannot correct them. Default false. */
  readonly isTolerant?: boolean;
}

export interface MappedEvents {
  /** Event inputs, not yet checked against the event schema; no field is null. */
  readonly events: readonly Record<string, unknown>[];
  /** The value of source.paid_at for each of `events`, in order: null when empty, undefined without that setting. */
  readonly paidAt: readonly unknown[];
  /** For each of `events`, the fields that were omitted because their expression failed. */
  readonly omitted: readonly (readonly FieldName[])[];
  /** `filtered`: source.when or source.each left nothing. `mapping_failed`: the expression of a field failed. */
  readonly skipped: readonly {
    readonly reason: 'filtered' | 'mapping_failed' | 'unexpected_body';
    readonly detail: string;
  }[];
  /** The value of source.consent, when the mapping has that setting. */
  readonly consent: string | undefined;
}

export type CompiledMapping = (payload: unknown, request?: MappingRequest) => MappedEvents;

/**
 * @param mapping a YAML object: event field → expression; a number or boolean is a constant; an object maps its parts
 * @throws Misconfigured that names the field or setting and what is wrong with it
 */
export function compileMapping(mapping: unknown, options: MappingOptions = {}): CompiledMapping {
  if (!isPayload(mapping))
    throw new Misconfigured('mapping', 'must be an object: event field → JMESPath expression');
  const entries = flattenControls(mapping);
  const control = new Map<Control, Expression>();
  const fields = new Map<FieldName, Expression>();
  for (const [name, value] of entries) {
    if (isControl(name)) control.set(name, compileText(value, `mapping.${name}`));
    else fields.set(knownField(name), compileValue(value, `mapping.${name}`));
  }
  if (!fields.has('event_name') && !options.includeSameNames && !options.isOverlay)
    throw new Misconfigured(
      'mapping.event_name',
      "is missing: give the event's name, such as 'Purchase' in quotes",
    );
  if (options.isOverlay) rejectListControls(control);
  const sameNames = options.includeSameNames ? fieldNames.filter((name) => !fields.has(name)) : [];
  return (payload, request = {}) =>
    withScope({ ...request, payload }, () =>
      applyMapping(payload, { control, fields, sameNames, isTolerant: options.isTolerant === true }),
    );
}

/** A built-in mapping makes one event and knows its time, so these settings would have no effect. @throws Misconfigured */
function rejectListControls(control: ReadonlyMap<Control, Expression>): void {
  for (const name of ['source.each', 'source.paid_at'] as const)
    if (control.has(name))
      throw new Misconfigured(
        `mapping.${name}`,
        'has no effect on a built-in platform: remove it, or use a custom source',
      );
}

function applyMapping(payload: unknown, compiled: Compiled): MappedEvents {
  const events: Record<string, unknown>[] = [];
  const paidAt: unknown[] = [];
  const omitted: (readonly FieldName[])[] = [];
  const skipped: MappedEvents['skipped'][number][] = [];
  let step = 'source.when';
  try {
    const when = compiled.control.get('source.when');
    if (when !== undefined && !isTruthy(when(payload))) return nothing('filtered', 'source.when');
    step = 'source.consent';
    const consent = compiled.control.get('source.consent')?.(payload);
    step = 'source.each';
    const each = compiled.control.get('source.each');
    const items = each === undefined ? [payload] : asList(each(payload));
    if (items.length === 0) return nothing('filtered', 'source.each');
    for (const item of items) {
      const mapped = mapItem(item, compiled);
      if ('failedAt' in mapped) skipped.push({ reason: 'mapping_failed', detail: mapped.failedAt });
      else {
        events.push(mapped.event);
        paidAt.push(mapped.paidAt);
        omitted.push(mapped.omitted);
      }
    }
    return { events, paidAt, omitted, skipped, consent: consent === undefined ? undefined : String(consent) };
  } catch {
    return nothing('mapping_failed', step);
  }
}

const nothing = (reason: 'filtered' | 'mapping_failed', detail: string): MappedEvents => ({
  events: [],
  paidAt: [],
  omitted: [],
  skipped: [{ reason, detail }],
  consent: undefined,
});

/** Truth as in JMESPath, after `plain` has removed absent and empty values. */
const isTruthy = (value: unknown): boolean => value !== undefined && value !== false;

const asList = (value: unknown): unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value];

function compileText(value: unknown, setting: string): Expression {
  if (typeof value === 'string') return compileExpression(value, setting);
  throw new Misconfigured(setting, 'must be a JMESPath expression, as text');
}

/** Expressions, constants, and objects of these, for fields such as custom_properties. */
function compileValue(value: unknown, setting: string): Expression {
  if (typeof value === 'number' || typeof value === 'boolean') return () => value;
  if (!isPayload(value)) return compileText(value, setting);
  const parts = Object.entries(value).map(
    ([name, part]) => [name, compileValue(part, `${setting}.${name}`)] as const,
  );
  return (data) => plain(Object.fromEntries(parts.map(([name, expression]) => [name, expression(data)])));
}
