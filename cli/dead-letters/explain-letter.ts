/** A dead letter's reason in words, what to do about it, and whether a replay of the same content can help. */
import { reasonText } from '../../lib/reasons/reason-text.ts';
import { meaningOf, tiktokCode } from '../../lib/tiktok/codes.ts';
import { refusedSettingOf } from '../held/reason-words.ts';
import { printable } from '../terminal/output.ts';
import type { DeadLetter } from './dead-letter.ts';

export interface Explanation {
  readonly meaning: string;
  /** What to do, in a few sentences. */
  readonly remedy: string;
  /** The content itself is the cause: a replay of it comes back at once. */
  readonly isHopeless: boolean;
}

type Reasoned = Pick<DeadLetter, 'reason' | 'detail'>;

export function explain({ reason, detail: given }: Reasoned): Explanation {
  const detail = given === undefined ? undefined : printable(given);
  const isHopeless = isAboutContent(reason, detail);
  const { meaning, fix } = reasonText(isSetting(detail) ? 'waiting' : 'parked', reason, detail) ?? unknown;
  const isNamed = detail === undefined || meaning.includes(detail);
  return {
    meaning: isNamed ? meaning : `${firstSentence(meaning)} ${detail}`,
    remedy: isHopeless ? `${fix} ${correctIt}` : fix,
    isHopeless,
  };
}

const unknown = {
  meaning: 'A later release of the gateway parked it, or somebody else wrote it.',
  fix: 'See docs/errors.md of that release.',
};

const correctIt =
  'For the letter itself: export it, correct it, send it with `sync`, and discard the letter.';

function isAboutContent(reason: string, detail: string | undefined): boolean {
  if (reason === 'invalid_event' || reason === 'undecodable') return true;
  const code = tiktokCode(reason);
  return code !== undefined && ['reject', 'reject_later'].includes(meaningOf(code)) && !isSetting(detail);
}

/** A refusal that names one of these is about the stage's settings: its events were held first. */
const isSetting = (detail: string | undefined): boolean => refusedSettingOf(detail) !== undefined;

/** The further sentences say that `detail` says more. */
const firstSentence = (text: string): string => text.replace(/(?<=\.) .*$/s, '');

/** @returns `refused: …`: what the outcome means for a second copy of the event */
export const outcomeText = ({ outcome }: Pick<DeadLetter, 'outcome'>): string =>
  outcome === 'refused' ? 'refused: TikTok does not have the event' : 'unknown: TikTok may have the event';
