/**
 * Finds the events for which TikTok refuses a batch, so that the others are delivered: by the position that the
 * message names as long as that proves right, else by halves. One bad event among 50 costs 14 further calls at most.
 */
import type { Attempt, Refusal } from './attempt.ts';
import type { Fate, Item } from './item.ts';

export interface IsolationPorts {
  /** Sends some of the items once more; `stopped` when no call may be made or the trouble is not the items'. */
  readonly attempt: (items: readonly Item[]) => Promise<Attempt>;
  readonly setFate: (items: readonly Item[], fate: Fate) => void;
}

/** @param items were refused together with `refusal` */
export async function isolate(
  items: readonly Item[],
  refusal: Refusal,
  ports: IsolationPorts,
): Promise<void> {
  await createNarrowing(ports)(items, refusal);
}

/** `refusal` is undefined for items that are only known to hold a bad one because the others were delivered. */
type Narrow = (items: readonly Item[], refusal: Refusal | undefined) => Promise<void>;

/** Any but `refused` and `delivered` ends the search; the fates stay as they are. */
const stopped: Attempt = { kind: 'stopped' };

function createNarrowing({ attempt, setFate }: IsolationPorts): Narrow {
  let trustsNames = true;
  let isStopped = false;

  async function send(items: readonly Item[]): Promise<Attempt> {
    if (isStopped) return stopped;
    const result = await attempt(items);
    isStopped = result.kind === 'stopped';
    return result;
  }

  async function sendAndNarrow(items: readonly Item[]): Promise<Attempt> {
    const result = await send(items);
    if (result.kind === 'refused') await narrow(items, result);
    return result;
  }

  async function takeOut(items: readonly Item[], index: number): Promise<void> {
    const rest = items.toSpliced(index, 1);
    const named = await sendAndNarrow(items.slice(index, index + 1));
    trustsNames = named.kind === 'refused';
    if (trustsNames) await sendAndNarrow(rest);
    else await narrow(rest, undefined);
  }

  async function halve(items: readonly Item[]): Promise<void> {
    const middle = Math.ceil(items.length / 2);
    const [left, right] = [items.slice(0, middle), items.slice(middle)];
    const result = await sendAndNarrow(left);
    if (result.kind === 'delivered') await narrow(right, undefined);
    else await sendAndNarrow(right);
  }

  async function narrow(items: readonly Item[], refusal: Refusal | undefined): Promise<void> {
    if (items.length > 1) {
      const index = trustsNames ? refusal?.index : undefined;
      return index === undefined ? halve(items) : takeOut(items, index);
    }
    if (refusal === undefined) await sendAndNarrow(items);
    else
      setFate(items, {
        kind: 'park',
        reason: refusal.reason,
        detail: refusal.detail,
        outcome: 'refused',
        requestId: refusal.requestId,
      });
  }

  return narrow;
}
