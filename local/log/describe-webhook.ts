/** Says what became of a webhook: the event with its fields, or why there is none and what to do. Pure. */
import { sentencesOf, withoutLinks } from '../../lib/errors/code-text.ts';
import { skipReasons } from '../../lib/webhooks/report/reason-texts.ts';
import { signatureFailures } from '../../lib/webhooks/report/signature-texts.ts';
import { labelCounts, showLabels } from './labels.ts';
import type { LogEntry, Step } from './log-entry.ts';

/** Between the hints of one log line (lib/webhooks/report/describe-events.ts); expressions in them have pipes too. */
const separator = / \| (?=[\w.-]+: |… \d+ more$)/;

export function describeWebhook(entry: LogEntry): Step {
  const { status, accepted, rejected, reason } = entry;
  const [source, topic] = [textOf(entry.source) ?? 'webhook', textOf(entry.topic)];
  const from = topic === undefined ? source : `${source} ${topic}`;
  if (Number(status) >= 400) return describeRejected(entry, from);
  // A ping, or a probe with GET.
  if (accepted === undefined)
    return { symbol: '·', color: 'dim', text: `${from}: ${textOf(reason) ?? 'probe'}`, fields: [] };
  const details = [...detailsOf(entry), ...skippedLines(entry)];
  const fields = ['trace'];
  if (Number(accepted) === 0)
    return {
      symbol: '→',
      color: 'yellow',
      text: `${from} → skipped: ${skippedText(entry)}`,
      fields,
      details,
    };
  const names = [...labelCounts(entry, 'event_name').keys()].join(', ');
  const several = Number(accepted) > 1 ? `${Number(accepted)} × ` : '';
  const dryRun = entry.dry_run === true ? ' (dry run: not sent)' : '';
  const others = Number(rejected) > 0 ? `, skipped ${Number(rejected)}: ${skippedText(entry)}` : '';
  const text = `${from} → ${several}${names || 'event'}${dryRun}${others}`;
  const color = Number(rejected) > 0 || entry.hint !== undefined ? 'yellow' : 'cyan';
  return { symbol: '→', color, text, fields, details };
}

function describeRejected(entry: LogEntry, from: string): Step {
  const reason = textOf(entry.reason);
  const fix = remedyOf(signatureFailures, reason);
  // Answers other than 401 say in `detail` what is missing.
  const details = [fix ?? textOf(entry.detail), notQueued(entry)].filter((line) => line !== undefined);
  const text = `${from} → rejected with ${entry.status}${reason === undefined ? '' : `: ${reason}`}`;
  return {
    symbol: '✗',
    color: 'red',
    text,
    fields: reason === undefined ? ['error', 'trace'] : ['trace'],
    details,
  };
}

const notQueued = ({ not_queued: count }: LogEntry): string | undefined =>
  Number(count) > 0 ? `not queued: ${Number(count)}` : undefined;

const skippedText = ({ reason, detail, channel }: LogEntry): string => {
  const notes = [labeled('detail:', detail), labeled('channel:', channel)].filter(
    (note) => note !== undefined,
  );
  return `${textOf(reason) ?? 'unknown reason'}${notes.length > 0 ? ` (${notes.join(', ')})` : ''}`;
};

/** What to do about the skip; the hints say more about a mapping. */
const skippedLines = ({ reason }: LogEntry): string[] => {
  const remedy = remedyOf(skipReasons, textOf(reason));
  return remedy === undefined ? [] : [remedy];
};

function detailsOf(entry: LogEntry): string[] {
  const { fields, empty, hint } = entry;
  const omitted = showLabels(entry, 'warnings', 'omitted');
  const lines = [labeled('fields ', fields), labeled('empty  ', empty), omitted];
  const hints =
    textOf(hint)
      ?.split(separator)
      .map((line) => `! ${line}`) ?? [];
  return [...lines.filter((line) => line !== undefined), ...hints];
}

const labeled = (label: string, value: unknown): string | undefined =>
  textOf(value) === undefined ? undefined : `${label} ${textOf(value)}`;

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

type Texts = Readonly<Record<string, { readonly meaning: string; readonly fix: string }>>;

/** @returns meaning and remedy in plain text; undefined for a reason without a row */
function remedyOf(texts: Texts, reason: string | undefined): string | undefined {
  const row = reason !== undefined && Object.hasOwn(texts, reason) ? texts[reason] : undefined;
  return row && withoutLinks(sentencesOf(row).join(' '));
}
