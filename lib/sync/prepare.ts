/** From a row to events, with the settings of a sync and the rules of its stage. */
import { createEventCheck } from '../rows/check-event.ts';
import { createCursorFault } from '../rows/cursor-fault.ts';
import type { LocalTime } from '../rows/local-time.ts';
import { createSettledCheck, type Entry } from '../rows/position.ts';
import { createPreparation } from '../rows/prepare-rows.ts';
import { isOpen, type PreparedRow } from '../rows/prepared-row.ts';
import { createRowIdentifier } from '../rows/row-identity.ts';
import type { SourceRow } from '../rows/source-row.ts';
import type { SyncContext } from './context.ts';
import type { ResultColumn } from './engine/athena.ts';
import { mappingOf, withDestination } from './mapping-of.ts';
import type { SyncSettings } from './settings.ts';
import type { Members } from './state/members.ts';
import type { Progress } from './state/progress.ts';

export interface PrepareParts {
  readonly settings: SyncSettings;
  readonly context: SyncContext;
  readonly cursor: ResultColumn | undefined;
  readonly progress: Pick<Progress, 'start'>;
  readonly members: Members | undefined;
}

/** @param open gets the entries that the next run must read again */
export function createPrepare(
  pass: PrepareParts,
  localTime: LocalTime,
  open: WeakSet<Entry>,
): (source: SourceRow) => PreparedRow[] {
  const { settings, context, cursor, progress, members } = pass;
  const { now } = context.clock;
  const { destinations, consent } = context.settings;
  const prepare = createPreparation({
    mapping: withDestination(mappingOf(settings), settings.destination),
    check: createEventCheck({ rules: { destinations, consent }, now, isStrict: settings.strict }),
    isStrict: settings.strict,
    localTime,
    identifier: createRowIdentifier(now),
    now,
    state: cursor === undefined ? undefined : { isSettled: createSettledCheck(progress.start) },
    cursorFault:
      cursor === undefined ? () => undefined : createCursorFault({ column: cursor.name, now, localTime }),
    audience:
      members === undefined || settings.audience === undefined
        ? undefined
        : { name: settings.audience, members },
  });
  return (source) => {
    const prepared = prepare(source);
    for (const item of prepared) if (item.entry !== undefined && isOpen(item)) open.add(item.entry);
    return prepared;
  };
}
