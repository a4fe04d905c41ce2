/** What an action on dead letters did, in words. */
import type { ActionAnswer } from '../../api.ts';
import { counted } from '../text/words.ts';

/** `3 dead letters replayed. 1 was left: it expired.`; each reason once, with its count. */
export function describeAnswer(action: 'replay' | 'discard', { done, left }: ActionAnswer): string {
  const did = action === 'replay' ? 'replayed' : 'discarded';
  const reasons = new Map<string, number>();
  for (const { why } of left) reasons.set(why, (reasons.get(why) ?? 0) + 1);
  const kept = [...reasons].map(
    ([why, count]) => `${count} ${count === 1 ? 'was' : 'were'} left: ${sentence(why)}`,
  );
  return [`${counted(done, 'dead letter')} ${did}.`, ...kept].join(' ');
}

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);
