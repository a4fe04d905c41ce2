/** Opens what a run needs, dry or not: the rows, their way to events, and the file that remembers what is done. */
import type { CompiledMapping } from '../../lib/mapping/compile-mapping.ts';
import { createEventCheck } from '../../lib/rows/check-event.ts';
import { type CursorFault, createCursorFault } from '../../lib/rows/cursor-fault.ts';
import { createLocalTime } from '../../lib/rows/local-time.ts';
import { createPreparation } from '../../lib/rows/prepare-rows.ts';
import { createRowIdentifier } from '../../lib/rows/row-identity.ts';
import type { Gateway } from '../gateway/post-events.ts';
import { knownRules } from '../gateway/stage-rules.ts';
import type { Stage } from '../stage/stage.ts';
import { requireColumns } from './events/missing-columns.ts';
import { reportUnused } from './events/unused-columns.ts';
import type { SyncOptions } from './options.ts';
import { createColumnUse } from './report/column-use.ts';
import { createRunQuality } from './report/run-quality.ts';
import { openSource } from './rows/open-source.ts';
import { openMembers } from './state/members.ts';
import { openSyncState } from './state/sync-state.ts';

export interface Parts {
  readonly input: string | undefined;
  readonly options: SyncOptions;
  readonly stage: Stage;
  readonly mapping: CompiledMapping;
  /** undefined in a dry run. */
  readonly gateway: Gateway | undefined;
  readonly file: string | undefined;
}

export async function openWork({ input, options, stage, mapping, gateway, file }: Parts) {
  const { audience, cursor } = options;
  const { target } = stage;
  const isStrict = options.strict === true;
  const localTime = createLocalTime(options.timezone);
  const cursorFault: CursorFault =
    cursor === undefined ? () => undefined : createCursorFault({ column: cursor, now: Date.now, localTime });
  const state =
    cursor !== undefined && file !== undefined
      ? openSyncState({ file, target, column: cursor, cursorFault, from: options.from })
      : undefined;
  const members =
    audience !== undefined && file !== undefined
      ? openMembers({ file, audience, target, isReadOnly: gateway === undefined })
      : undefined;
  const rules = await knownRules(stage);
  const prepare = createPreparation({
    mapping,
    check: createEventCheck({ rules, now: Date.now, isStrict }),
    isStrict,
    localTime,
    identifier: createRowIdentifier(Date.now),
    now: Date.now,
    state,
    cursorFault,
    audience: audience !== undefined && members !== undefined ? { name: audience, members } : undefined,
  });
  return {
    source: await openSource(input, options, state?.from),
    prepare:
      options.map === undefined
        ? reportUnused(prepare, options)
        : requireColumns(prepare, mapping, options.map),
    columns: createColumnUse(mapping, options),
    state,
    members,
    quality: createRunQuality(rules?.destinations),
  };
}
