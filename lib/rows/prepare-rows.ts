/** Turns rows into events: mapping, types, check, id. Every row becomes events, or a reason why not. */
import type { FieldIssue } from '../events/issue.ts';
import type { CompiledMapping } from '../mapping/compile-mapping.ts';
import { sha256 } from '../privacy/sha256.ts';
import type { CheckedEvent, EventCheck } from './check-event.ts';
import type { CursorFault } from './cursor-fault.ts';
import { withFieldNames } from './field-names.ts';
import { fitEvent, type RowEvent } from './fit-event.ts';
import { type LocalTime, zoned } from './local-time.ts';
import type { Audience } from './member.ts';
import type { Entry } from './position.ts';
import type { PreparedRow, ReadyEvent, RejectedRow } from './prepared-row.ts';
import { canonicalEvent, type RowIdentifier, sortedText } from './row-identity.ts';
import type { SourceRow } from './source-row.ts';

export interface PrepareOptions {
  readonly mapping: CompiledMapping;
  readonly check: EventCheck;
  /** True to reject a row from which the mapping leaves out something (`--strict`). */
  readonly isStrict: boolean;
  readonly localTime: LocalTime;
  readonly identifier: RowIdentifier;
  readonly now: () => number;
  /** What earlier runs settled; undefined without a cursor. */
  readonly state: { isSettled(entry: Entry): boolean } | undefined;
  readonly cursorFault: CursorFault;
  readonly audience: Audience | undefined;
}

export function createPreparation(options: PrepareOptions): (source: SourceRow) => PreparedRow[] {
  return (source) => {
    const { problem, cursor } = source;
    if (problem !== undefined) return [rejectRow(source, [{ field: '', ...problem }], options)];
    if (cursor === null) return [rejectRow(source, [emptyCursor], options)];
    const mapped = options.mapping(withFieldNames(zoned(source.row, options.localTime)));
    const faults = mapped.skipped.flatMap(({ fault }) => fault ?? []);
    if (faults.length > 0) return [rejectIfNew(source, faults, options)];
    if (mapped.events.length === 0)
      return [{ kind: 'skipped', why: 'filtered', entry: toEntry(source, options) }];
    return mapped.events.map((event, index) =>
      prepareEvent({ event, omissions: mapped.omissions[index] ?? [] }, source, options),
    );
  };
}

interface MappedRow {
  readonly event: Readonly<RowEvent>;
  readonly omissions: readonly FieldIssue[];
}

function prepareEvent(mapped: MappedRow, source: SourceRow, options: PrepareOptions): PreparedRow {
  const { omissions } = mapped;
  const event = fitEvent(mapped.event, options.localTime);
  return options.audience === undefined
    ? prepareConversion({ event, omissions }, source, options)
    : prepareMember({ event, omissions }, source, options, options.audience);
}

function prepareConversion(mapped: MappedRow, source: SourceRow, options: PrepareOptions): PreparedRow {
  const { identifier, state } = options;
  const { event: fitted } = mapped;
  const checked = checkMapped(mapped, options);
  if (!checked.ok) return rejectIfNew(source, checked.errors, options);
  const event_id = fitted.event_id ?? identifier.idOf(fitted, source.cursor);
  const { event_name, destination = 'default' } = fitted;
  const event = { ...fitted, event_id };
  const entry = toEntry(source, options, [event_name, event_id, destination]);
  if (entry !== undefined && state?.isSettled(entry)) return { kind: 'skipped', why: 'already_sent', entry };
  const { omissions, warnings, event: canonical } = checked;
  const hasOwnId = fitted.event_id !== undefined && fitted.event_id !== null;
  return ready({ source, event, canonical, hasOwnId, omissions, warnings, entry, member: undefined });
}

/** A member is added now and once: the row's own name, id and time do not count. */
function prepareMember(
  mapped: MappedRow,
  source: SourceRow,
  options: PrepareOptions,
  { name, members }: Audience,
): PreparedRow {
  const { event_id: _, event_time: __, ...rest } = mapped.event;
  const plain = { ...rest, event_name: name };
  const checked = checkMapped({ event: plain, omissions: mapped.omissions }, options);
  if (!checked.ok) return rejectRow(source, checked.errors, options);
  const member = members.identify(checked.event ?? canonicalEvent(plain, options.now()));
  if (member === undefined) return rejectRow(source, [noMember], options);
  if (!members.claim(member)) return { kind: 'skipped', why: 'already_added', entry: undefined };
  const event = { ...plain, event_id: member.eventId };
  const { omissions, warnings, event: canonical } = checked;
  const known = { source, canonical, hasOwnId: false, omissions, warnings };
  return ready({ ...known, event, entry: undefined, member });
}

/** What the mapping left out is an error with `--strict`, and where it leaves no match key. */
function checkMapped({ event, omissions }: MappedRow, { check, isStrict }: PrepareOptions): CheckedEvent {
  const checked = check(event);
  if (checked.ok && isStrict && omissions.length > 0) return { ok: false, errors: omissions };
  if (checked.ok) return { ...checked, omissions: [...omissions, ...checked.omissions] };
  const isCause = isStrict || checked.errors.some(({ code }) => code === 'no_match_key');
  return isCause ? { ok: false, errors: [...checked.errors, ...omissions] } : checked;
}

function ready(parts: Omit<ReadyEvent, 'kind' | 'json' | 'bytes'>): ReadyEvent {
  const json = JSON.stringify(parts.event);
  return { kind: 'ready', json, bytes: Buffer.byteLength(json) + 1, ...parts };
}

/** A row that an earlier run rejected, at the value where it ended, is not rejected again. */
function rejectIfNew(source: SourceRow, errors: readonly FieldIssue[], options: PrepareOptions): PreparedRow {
  const rejected = rejectRow(source, errors, options);
  const { entry } = rejected;
  return entry !== undefined && options.state?.isSettled(entry)
    ? { kind: 'skipped', why: 'already_sent', entry }
    : rejected;
}

const rejectRow = (
  source: SourceRow,
  errors: readonly FieldIssue[],
  options: PrepareOptions,
): RejectedRow => ({ kind: 'rejected', source, errors, entry: toEntry(source, options, source.row) });

/** @param identity the settled thing, to recognize it in the next run; undefined for what needs none */
function toEntry(
  { cursor }: SourceRow,
  { cursorFault }: PrepareOptions,
  identity?: unknown,
): Entry | undefined {
  if (typeof cursor !== 'string') return undefined;
  const digest = identity === undefined ? undefined : sha256(sortedText(identity)).slice(0, 24);
  return { cursor, digest, fault: cursorFault(cursor) };
}

const emptyCursor: FieldIssue = {
  field: '',
  code: 'empty_cursor',
  message: 'the cursor column is empty: a sync cannot continue from such a row',
};

const noMember: FieldIssue = {
  field: 'email',
  code: 'no_match_key',
  message: 'nothing in the row identifies a person',
};
