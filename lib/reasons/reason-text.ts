/**
 * A reason of the journal in words: what it means and what to do. The command line, the console and the dead letters use
 * these texts, so that one cause reads the same everywhere.
 */
import { collectSkips } from '../collect/skip-reasons.ts';
import { withoutLinks } from '../errors/code-text.ts';
import { meaningOf, tiktokCode } from '../tiktok/codes.ts';
import { skipReasons } from '../webhooks/report/reason-texts.ts';
import { signatureFailures } from '../webhooks/report/signature-texts.ts';
import { deadLetterReasons } from './dead-letter-reasons.ts';
import { issueTexts } from './issue-texts.ts';
import { problemTexts } from './problem-texts.ts';
import { type ReasonText, refusedSetting, tiktokText } from './tiktok-texts.ts';
import { waitingReasons } from './waiting-reasons.ts';

/**
 * Where the reason was given, because one code can mean different things: by a webhook that became no event, by the
 * collector, by the API or a verified request, by the consumer for a message that waits, or by the consumer for a dead letter.
 */
export type ReasonPlace = 'skipped' | 'collected' | 'rejected' | 'waiting' | 'parked';

/**
 * @param reason a code such as `test_order`, `tiktok_40105`, `http_503`; for `rejected` also `email:invalid_email`
 * @param detail of the same line: with a held code, the setting that TikTok refused
 * @returns plain text with names in backticks; undefined for a reason of a later release
 */
export function reasonText(place: ReasonPlace, reason: string, detail?: string): ReasonText | undefined {
  if (place === 'skipped') return reason === 'dry_run' ? dryRun : plain(lookUp(skipReasons, reason));
  if (place === 'collected') return plain(lookUp(collectSkips, reason) ?? lookUp(problemTexts, reason));
  if (place === 'rejected') return rejected(reason);
  const code = tiktokCode(reason);
  if (place === 'waiting') return code === undefined ? waiting(reason) : waitingCode(code, detail);
  return code === undefined
    ? plain(lookUp(deadLetterReasons, /^http_\d+$/.test(reason) ? 'http_<status>' : reason))
    : parkedCode(code, detail);
}

const dryRun: ReasonText = {
  meaning: 'The source has `dryRun: true`: its webhooks are mapped and logged, and nothing is sent.',
  fix: 'Remove `dryRun` from the source when the log shows what you expect, and deploy.',
};

/** `field:code` of a field, `:code` or a bare code of the whole request. */
function rejected(reason: string): ReasonText | undefined {
  const at = reason.lastIndexOf(':');
  const field = reason.slice(0, Math.max(0, at));
  const code = reason.slice(at + 1);
  const text = lookUp(at < 0 ? problemTexts : issueTexts, code);
  const found = plain(
    text ?? lookUp(issueTexts, code) ?? lookUp(problemTexts, code) ?? lookUp(signatureFailures, code),
  );
  return found && field !== '' ? { ...found, meaning: `\`${field}\`: ${found.meaning}` } : found;
}

function waiting(reason: string): ReasonText | undefined {
  const status = /^http_(\d+)$/.exec(reason)?.[1];
  if (status === undefined || Object.hasOwn(waitingReasons, reason))
    return plain(lookUp(waitingReasons, reason));
  return {
    meaning: `TikTok's address answered HTTP ${status}.`,
    fix: 'Nothing: the gateway retries by itself.',
  };
}

const refusals: ReadonlySet<string> = new Set(['reject', 'reject_later']);

/** A refusal that waits names a setting of the call, not an event. */
const waitingCode = (code: number, detail: string | undefined): ReasonText =>
  detail !== undefined && refusals.has(meaningOf(code)) ? refusedSetting(detail) : tiktokText(code);

function parkedCode(code: number, detail: string | undefined): ReasonText {
  const { meaning, fix } = tiktokText(code);
  if (refusals.has(meaningOf(code)))
    return { meaning: detail === undefined ? meaning : `${meaning} TikTok names \`${detail}\`.`, fix };
  return {
    meaning: `${meaning} It lasted through all attempts.`,
    fix: `${fix} Replay the dead letter when the cause is fixed.`,
  };
}

const lookUp = (texts: Readonly<Record<string, ReasonText>>, reason: string): ReasonText | undefined =>
  Object.hasOwn(texts, reason) ? texts[reason] : undefined;

const plain = (text: ReasonText | undefined): ReasonText | undefined =>
  text && { meaning: withoutLinks(text.meaning), fix: withoutLinks(text.fix) };
