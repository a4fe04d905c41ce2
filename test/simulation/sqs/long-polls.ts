/**
 * Receives that wait until there is a message, the longest waiting first. Nothing happens while nothing can be received, so
 * that hours of idle time cost nothing: one step is planned, for the time at which the next message returns.
 */
import type { Scheduler } from '../engine/scheduler.ts';
import type { EventQueue } from './event-queue.ts';
import type { StoredMessage } from './stored-message.ts';

export interface LongPolls {
  /** @returns an empty list when no message came within `waitMs` */
  readonly receive: (most: number, waitMs: number) => Promise<StoredMessage[]>;
  /** Hands out what can be received now. Called after every change of the queue. */
  readonly serve: () => void;
}

interface Poll {
  readonly most: number;
  readonly answer: (messages: StoredMessage[]) => void;
}

export function createLongPolls(scheduler: Scheduler, queue: EventQueue): LongPolls {
  const polls = new Set<Poll>();
  let planned: { readonly atMs: number; readonly cancel: () => void } | undefined;

  const plan = (): void => {
    const atMs = polls.size === 0 ? undefined : queue.store.nextReturnMs();
    if (atMs === planned?.atMs) return;
    planned?.cancel();
    planned =
      atMs === undefined ? undefined : { atMs, cancel: scheduler.after(atMs - scheduler.now(), wake) };
  };
  const wake = (): void => {
    planned = undefined;
    serve();
  };
  const serve = (): void => {
    for (const poll of polls) {
      const messages = queue.receive(poll.most);
      if (messages.length === 0) break;
      polls.delete(poll);
      poll.answer(messages);
    }
    plan();
  };

  return {
    serve,
    receive: (most, waitMs) =>
      new Promise((resolve) => {
        let cancel = (): void => {};
        const poll: Poll = {
          most,
          answer(messages) {
            cancel();
            resolve(messages);
          },
        };
        polls.add(poll);
        if (Number.isFinite(waitMs))
          cancel = scheduler.after(waitMs, () => {
            polls.delete(poll);
            poll.answer([]);
          });
        serve();
      }),
  };
}
