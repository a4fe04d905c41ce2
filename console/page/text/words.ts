/** Counts and outcomes in words. */
import type { Outcome } from '../../api.ts';

export type Tone = 'neutral' | 'good' | 'warning' | 'bad';

const numbers = new Intl.NumberFormat('en-US');

/** `12,345`. */
export const countText = (count: number): string => numbers.format(count);

/** `1 event`, `12,345 events`. */
export const counted = (count: number, noun: string): string =>
  `${countText(count)} ${count === 1 ? noun : `${noun}s`}`;

export const outcomes: Readonly<Record<Outcome, { readonly label: string; readonly tone: Tone }>> = {
  accepted: { label: 'accepted', tone: 'neutral' },
  waiting: { label: 'waiting', tone: 'warning' },
  held: { label: 'held', tone: 'warning' },
  delivered: { label: 'delivered', tone: 'good' },
  'dead-letter': { label: 'dead letter', tone: 'bad' },
  rejected: { label: 'rejected', tone: 'bad' },
  skipped: { label: 'skipped', tone: 'neutral' },
  discarded: { label: 'discarded', tone: 'neutral' },
};

export const outcomeNames = Object.keys(outcomes).filter((name): name is Outcome =>
  Object.hasOwn(outcomes, name),
);

/** The collector is the one source whose name does not say where its events come from. */
export const sourceText = (source: string): string => (source === 'collect' ? 'from the browser' : source);

/** JSON with line breaks; text that is not JSON stays as it is. */
export function prettyJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
