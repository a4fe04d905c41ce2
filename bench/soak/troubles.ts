/** The faults that a soak sets in TikTok's sandbox, one after another, through the control that users have. */
import type { Random } from '../../test/support/random.ts';
import { poisonText } from './shop.ts';

const poison = { kind: 'poison', match: poisonText };

const troubles = [
  [],
  [],
  [{ kind: 'status', status: 503 }],
  [{ kind: 'code', code: 40100 }],
  [{ kind: 'slow', ms: 400 }],
  [{ kind: 'reset', times: 10 }],
  [{ kind: 'reset_after', times: 5 }],
  [{ kind: 'html', times: 10 }],
  [{ kind: 'huge', times: 2 }],
  [{ kind: 'trickle', ms: 20, times: 2 }],
  [{ kind: 'stall', times: 1 }],
  [{ kind: 'revoke_token' }],
] as const;

export function createTroubles(tiktokUrl: string, random: Random) {
  const url = `${tiktokUrl}/_sandbox/faults`;
  let deck: (readonly object[])[] = [];

  async function set(faults: readonly object[]): Promise<void> {
    await fetch(url, { method: 'DELETE' });
    const answer = await fetch(url, { method: 'POST', body: JSON.stringify([...faults, poison]) });
    if (!answer.ok) throw new Error(`the sandbox refused a fault: ${await answer.text()}`);
  }

  return {
    /** Every kind occurs once before one repeats. */
    async next(): Promise<void> {
      if (deck.length === 0) deck = [...troubles];
      await set(deck.splice(random.between(0, deck.length - 1), 1)[0] ?? []);
    },
    /** Ends every fault but the poison, which is a property of the events. */
    heal: () => set([]),
  };
}
