/** Waits for the approval of a link, and reports the connected ad accounts, or that the link is still open or has expired. */
import { exitCodes } from '../errors/exit-codes.ts';
import type { Stage } from '../stage/stage.ts';
import { commandLine } from '../terminal/command-line.ts';
import { colors, endWith } from '../terminal/io.ts';
import { note, printable, showResult } from '../terminal/output.ts';
import { untilInterrupted } from '../terminal/until-interrupted.ts';
import { type Connected, waitForApproval } from './wait-for-approval.ts';

export interface MadeLink {
  readonly link: string;
  readonly destination: string;
  /** ISO 8601. */
  readonly expires_at: string;
}

export interface Waiting {
  /** When the destination was connected before the link was made. */
  readonly before: string | undefined;
  /** At most; the link can expire before. */
  readonly waitMs: number;
  readonly isJson: boolean;
}

export async function reportApproval(
  stage: Stage,
  made: MadeLink,
  { before, waitMs, isJson }: Waiting,
): Promise<void> {
  const { destination, expires_at } = made;
  const expiresAtMs = Date.parse(expires_at);
  note('Waiting for approval … (Ctrl-C stops waiting; the link stays valid.)');
  let isInterrupted = false;
  const connected = await untilInterrupted('Not waiting any longer.', async (signal) => {
    const untilMs = Math.min(expiresAtMs, Date.now() + waitMs);
    const found = await waitForApproval(stage, { destination, before, untilMs, signal });
    isInterrupted = signal.aborted;
    return found;
  });
  const again = commandLine(`connect --stage ${stage.name} --destination ${destination}`);
  const check = commandLine(`doctor --stage ${stage.name}`);
  if (connected !== undefined)
    return showResult(isJson, { ...made, connected: true, ...connected }, () => describe(connected));
  const isOpen = Date.now() < expiresAtMs;
  if (isInterrupted) endWith(exitCodes.interrupted);
  else if (!isOpen) endWith(exitCodes.unknown);
  const text = isOpen
    ? `The link stays valid until ${timeOfDay(expires_at)}. ${check} shows whether the account is connected.`
    : `The link has expired without an approval: make another with ${again}.`;
  note(text);
  if (isJson) showResult(true, { ...made, connected: false }, () => text);
}

const timeOfDay = (iso: string): string => new Date(iso).toTimeString().slice(0, 5);

const shown = 10;

function describe({ ad_accounts: accounts }: Connected): string {
  const names = accounts
    .slice(0, shown)
    .map(({ id, name }) => (name === '' ? id : `${printable(name)} (${printable(id, 64)})`));
  const more = accounts.length > shown ? ` and ${accounts.length - shown} more` : '';
  return `${colors().green('✓')} Connected: ${names.join(', ')}${more}`;
}
