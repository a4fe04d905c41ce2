/** Checks that every event that the gateway acknowledged during a soak came out, and nothing else. */
import { type Accepted, poisonText } from './shop.ts';

export interface Accounts {
  readonly accepted: Accepted;
  readonly delivered: ReadonlySet<string>;
  readonly parked: ReadonlySet<string>;
  /** Messages left in the queue. */
  readonly undrained: number;
}

/** @returns a sentence for each thing that is wrong */
export function checkAccounts({ accepted, delivered, parked, undrained }: Accounts): string[] {
  const out = new Set([...delivered, ...parked]);
  const lost = [...accepted.ids].filter((id) => !out.has(id));
  // Events of webhooks have ids of their platform, so they are counted instead of listed.
  const ofWebhooks = [...out].filter((id) => !accepted.ids.has(id));
  const strangers = ofWebhooks.filter((id) => id.startsWith('soak:'));
  const wronglyParked = [...parked].filter((id) => !id.endsWith(poisonText));
  const lostWebhooks = accepted.webhookEvents - (ofWebhooks.length - strangers.length);
  const list = (name: string, ids: readonly string[]): string[] =>
    ids.length > 0 ? [`${name}: ${ids.length}, such as ${ids.slice(0, 5).join(', ')}`] : [];
  return [
    ...list('lost', lost),
    ...list('sent though not accepted', strangers),
    ...list('parked though nothing was wrong', wronglyParked),
    ...(lostWebhooks === 0 ? [] : [`events of webhooks: ${lostWebhooks} more accepted than came out`]),
    ...(undrained === 0 ? [] : [`messages left in the queue: ${undrained}`]),
    ...list('unexpected answers', accepted.surprises),
  ];
}
