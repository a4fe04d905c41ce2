/** A dead letter's reason in words, what to do about it, and whether a replay of the same content can help. */
import { withoutLinks } from '../../lib/errors/code-text.ts';
import { deadLetterReasons } from '../../lib/errors/dead-letter-reasons.ts';
import { codeWords } from '../../lib/tiktok/code-words.ts';
import { meaningOf } from '../../lib/tiktok/codes.ts';
import { printable } from '../terminal/output.ts';
import type { DeadLetter } from './dead-letter.ts';

export interface Explanation {
  /** One short sentence, without the reason's code. */
  readonly meaning: string;
  /** What to do, in one or two sentences. */
  readonly remedy: string;
  /** The content itself is the cause: a replay of it comes back at once. */
  readonly isHopeless: boolean;
}

type Reasoned = Pick<DeadLetter, 'reason' | 'detail'>;

export function explain({ reason, detail }: Reasoned): Explanation {
  const code = codeOf(reason);
  if (code !== undefined) return explainCode(code, detail);
  const { meaning = 'A later release of the gateway parked it.', fix = 'See docs/errors.md.' } =
    deadLetterReasons[/^http_\d+$/.test(reason) ? 'http_<status>' : reason] ?? {};
  const isHopeless = reason === 'invalid_event' || reason === 'undecodable';
  return {
    meaning: detail === undefined ? plain(meaning) : `${firstSentence(plain(meaning))} ${printable(detail)}`,
    remedy: isHopeless ? `${plain(fix)} ${correctIt}` : plain(fix),
    isHopeless,
  };
}

const correctIt = 'For the letter itself: export it, correct it, send it with sync, and discard the letter.';

function explainCode(code: number, detail: string | undefined): Explanation {
  const field = detail === undefined ? '' : ` TikTok names ${printable(detail)}.`;
  const meaning = `TikTok refused it: ${codeWords(code)}.${field}`;
  if (isContent(code) && !isSetting(detail))
    return { meaning, remedy: `Correct the sender. ${correctIt}`, isHopeless: true };
  const remedy =
    meaningOf(code) === 'token'
      ? 'Connect the destination again with connect, then replay.'
      : 'Fix the cause, then replay.';
  return { meaning: `For more than a day, ${meaning}`, remedy, isHopeless: false };
}

const codeOf = (reason: string): number | undefined => {
  const code = /^tiktok_(\d{1,9})$/.exec(reason)?.[1];
  return code === undefined ? undefined : Number(code);
};

const isContent = (code: number): boolean => ['reject', 'reject_later'].includes(meaningOf(code));

/** A refusal that names one of these is about the stage's settings: its events were held first. */
const isSetting = (detail = ''): boolean => /^(?:event_source|event_source_id|test_event_code)$/.test(detail);

/** The further sentences say that `detail` says more. */
const firstSentence = (text: string): string => text.replace(/(?<=\.) .*$/s, '');

/** Names of fields and settings are in backticks on a page, and plain on a terminal. */
const plain = (text: string): string => withoutLinks(text).replaceAll('`', '');

/** @returns `refused: …`: what the outcome means for a second copy of the event */
export const outcomeText = ({ outcome }: Pick<DeadLetter, 'outcome'>): string =>
  outcome === 'refused' ? 'refused: TikTok does not have the event' : 'unknown: TikTok may have the event';
