/** Says once that a followed journal does not answer, and once that it does again. */
import { note } from '../terminal/output.ts';

export interface ConnectionNotes {
  lost(): void;
  answered(): void;
  /** True after the first answer: before it, a failure is a mistake of the user, and nothing to wait out. */
  hasAnswered(): boolean;
}

/** @param what such as `the local gateway` */
export function createConnectionNotes(what: string): ConnectionNotes {
  let [isLost, hasAnswered] = [false, false];
  return {
    lost: () => {
      if (!isLost) note(`Connection lost: ${what} does not answer. Waiting for it …`);
      isLost = true;
    },
    answered: () => {
      if (isLost) note(`Connected again: ${what} answers.`);
      isLost = false;
      hasAnswered = true;
    },
    hasAnswered: () => hasAnswered,
  };
}
