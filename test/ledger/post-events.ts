/** The shop: posts events, sends again what was not accepted, and writes down what the gateway acknowledged. */
import { apiKey } from './world.ts';

export interface Posted {
  readonly attempted: Set<string>;
  readonly acknowledged: Set<string>;
  /** Every answer that was no success, for the search for personal data; and a sample of the others. */
  readonly answers: string[];
}

export interface PostSettings {
  readonly url: string;
  /** How many events must be acknowledged. */
  readonly wanted: number;
  readonly next: () => { id: string; event: Record<string, unknown> };
  readonly posted: Posted;
  /** Whether the gateway's queue may grow; the shop waits until it may. */
  readonly hasRoom: () => Promise<boolean>;
}

const parallelPosts = 4;
const maxPerPost = 200;
const maxRounds = 20;

interface Receipts {
  readonly events?: readonly { readonly index: number; readonly event_id: string; readonly status: string }[];
}

export async function postEvents(settings: PostSettings): Promise<void> {
  const { wanted, posted, hasRoom } = settings;
  let drawn = 0;
  async function shop(): Promise<void> {
    while (posted.acknowledged.size < wanted) {
      if (!(await hasRoom())) {
        await new Promise((resolve) => setTimeout(resolve, 200));
        continue;
      }
      const size = Math.min(maxPerPost, Math.max(1, wanted - drawn));
      drawn += size;
      await postUntilAccepted(Array.from({ length: size }, settings.next), settings);
    }
  }
  await Promise.all(Array.from({ length: parallelPosts }, shop));
}

async function postUntilAccepted(
  batch: { id: string; event: Record<string, unknown> }[],
  { url, posted }: PostSettings,
): Promise<void> {
  let open = batch;
  for (let round = 0; open.length > 0 && round < maxRounds; round += 1) {
    for (const { id } of open) posted.attempted.add(id);
    const accepted = await post(
      url,
      open.map(({ event }) => event),
      posted,
    );
    for (const id of accepted) posted.acknowledged.add(id);
    open = open.filter(({ id }) => !accepted.has(id));
    if (open.length > 0) await new Promise((resolve) => setTimeout(resolve, 100 * (round + 1)));
  }
}

async function post(url: string, events: readonly unknown[], posted: Posted): Promise<Set<string>> {
  try {
    const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' };
    const answer = await fetch(`${url}/v1/events`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ events }),
    });
    const text = await answer.text();
    if (answer.status !== 202 || posted.answers.length < 20) posted.answers.push(text);
    const { events: receipts = [] } = JSON.parse(text) as Receipts;
    return new Set(receipts.filter(({ status }) => status === 'accepted').map(({ event_id }) => event_id));
  } catch {
    return new Set();
  }
}
