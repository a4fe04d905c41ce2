/** What ends the waiting of events, by the reason for which they wait: a command to paste, or a section of the documentation. */
import { stageFileName } from '../../lib/config/stage-file.ts';
import { isTokenCode, tiktokCode } from '../../lib/tiktok/codes.ts';
import { deployCommand, programName } from '../terminal/command-line.ts';
import { refusedSettingOf } from './reason-words.ts';

export interface Cause {
  readonly reason: string;
  readonly detail?: string | undefined;
}

/** @param destination the name of the destination whose events wait */
export function remedyFor({ reason, detail }: Cause, stage: string, destination: string): string {
  const connect = `\`${connectCommand(stage, destination)}\``;
  const setting = refusedSettingOf(detail);
  const code = tiktokCode(reason);
  if (setting !== undefined)
    return `Compare ${setting} of the destination with Events Manager, correct it in ${stageFileName(stage)}, and run ${deployCommand(stage)}. See docs/operations.md#held-events.`;
  if (isTokenReason(reason)) return `Connect the destination again: ${connect}.`;
  if (code === 40_001)
    return `Check that the pixel code is one of this ad account, give the person who connects the role Operator or Admin, and connect again: ${connect}. See docs/operations.md#held-events.`;
  if (reason === 'unknown_destination')
    return `Add the destination to ${stageFileName(stage)}, and run ${deployCommand(stage)}.`;
  if (reason === 'token_unavailable') return 'See docs/operations.md#aws-errors.';
  if (code !== undefined && code >= 40_000 && code < 50_000) return 'See docs/operations.md#held-events.';
  return 'Wait: the events go out by themselves when TikTok answers again. See docs/operations.md#retried-events.';
}

/** @returns the command that connects a destination again, to be pasted as it is */
export const connectCommand = (stage: string, destination: string): string =>
  `${programName} connect --stage ${stage} --destination ${destination}`;

/** True for the reasons that a new connection of the destination ends. */
export function isTokenReason(reason: string): boolean {
  const code = tiktokCode(reason);
  return reason === 'no_token' || (code !== undefined && isTokenCode(code));
}
