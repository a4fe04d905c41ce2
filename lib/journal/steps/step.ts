/** One step of a story, and what the parts of a story share. */
import { sentencesOf } from '../../errors/code-text.ts';

export interface StoryStep {
  readonly atMs: number;
  readonly tone: 'neutral' | 'good' | 'warning' | 'bad';
  readonly title: string;
  readonly details: readonly string[];
}

/** A step, and what consecutive attempts with the same result have in common. */
export interface StepOfAttempt extends StoryStep {
  readonly attempt?: string;
}

/** The reasons in words: `reasonText` of lib/reasons, which is on a higher floor. */
export type Explain = (
  place: 'skipped' | 'collected' | 'rejected' | 'waiting' | 'parked',
  reason: string,
  detail?: string,
) => { readonly meaning: string; readonly fix: string } | undefined;

/** @returns the sentences of a reason; none for a reason of a later release */
export function sentences(
  explain: Explain,
  place: Parameters<Explain>[0],
  reason: string,
  detail?: string,
): string[] {
  const text = explain(place, reason, detail);
  return text === undefined ? [] : sentencesOf(text);
}

/** @returns `40105`, `HTTP 503`, or the reason itself */
export const shortReason = (reason: string): string =>
  reason.replace(/^tiktok_(\d+)$/, '$1').replace(/^http_(\d+)$/, 'HTTP $1');

/** A list without its empty entries. */
export const present = (details: readonly (string | undefined)[]): string[] =>
  details.filter((detail): detail is string => detail !== undefined && detail !== '');

export const labeled = (label: string, value: string | undefined): string | undefined =>
  value === undefined ? undefined : `${label} ${value}`;

/** `850 ms`, `3.2 s`, `45 s`, `12 min`, `5 h`, `3 d`. */
export function spanText(ms: number): string {
  if (ms < 1_000) return `${Math.max(0, Math.round(ms))} ms`;
  if (ms < 10_000) return `${Math.round(ms / 100) / 10} s`;
  if (ms < 120_000) return `${Math.round(ms / 1_000)} s`;
  if (ms < 7_200_000) return `${Math.round(ms / 60_000)} min`;
  if (ms < 172_800_000) return `${Math.round(ms / 3_600_000)} h`;
  return `${Math.round(ms / 86_400_000)} d`;
}
