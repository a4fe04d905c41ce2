/** The file of a state: what an earlier sync wrote, or where a new one starts. A value later than now is refused. */
import * as z from 'zod/mini';
import type { CursorFault } from '../../../lib/rows/cursor-fault.ts';
import type { Start } from '../../../lib/rows/position.ts';
import { parseJson } from '../../../lib/schema/parse-json.ts';
import { usageError } from '../../errors/cli-error.ts';
import { printable } from '../../terminal/output.ts';
import { readPrivateFile } from './private-file.ts';

const stateSchema = z.object({
  version: z.literal(1),
  /** Which stage or URL the events went to, and which column is the cursor: another pair needs another file. */
  target: z.string(),
  column: z.string(),
  /** Text of the cursor; absent while the first row of all is one that the cursor cannot pass. */
  value: z.optional(z.string()),
  /** Digests of the settled events that have this value. */
  settled: z.array(z.string()),
  /** Digests of the settled events after this value. */
  ahead: z.optional(z.array(z.string())),
});
type StoredState = z.infer<typeof stateSchema>;

export interface StateOptions {
  readonly file: string;
  readonly target: string;
  readonly column: string;
  readonly cursorFault: CursorFault;
  /** `--from`: where to start without a state, or with one whose value is later than now. */
  readonly from?: string | undefined;
}

/** @throws a usage error for a file that is no state, is one of another sync, or holds a value later than now */
export function startingState({ file, target, column, cursorFault, from }: StateOptions): Start {
  if (from !== undefined && cursorFault(from) !== undefined)
    throw usageError('--from is later than now: give the cursor of the last row that you are sure of.');
  const earlier = readState(file, target, column);
  if (earlier?.value === undefined) return { value: from, settled: [], ahead: earlier?.ahead };
  if (cursorFault(earlier.value) === undefined) {
    if (from === undefined) return earlier;
    throw usageError('The file of --state already says where to continue: leave --from out.');
  }
  if (from === undefined)
    throw usageError(
      `The file of --state holds a value of ${printable(column)} that is later than now: the sync would skip all new rows. Give the last right value with --from VALUE, once. If the times are right, they are of another zone: give it with --timezone.`,
    );
  // Events of the wrong value were sent: their rows must not be sent again.
  return { value: from, settled: [], ahead: [...earlier.settled, ...(earlier.ahead ?? [])] };
}

function readState(file: string, target: string, column: string): StoredState | undefined {
  const text = readPrivateFile(file);
  if (text === undefined || text.trim() === '') return undefined;
  const state = stateSchema.safeParse(parseJson(text));
  if (!state.success)
    throw usageError('The file of --state is not the state of a sync: name another, or remove it.');
  if (state.data.target !== target || state.data.column !== column)
    throw usageError(
      'The file of --state belongs to a sync to another stage, or with another cursor column: name another.',
    );
  return state.data;
}
