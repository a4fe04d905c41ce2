/** All invariants: those that look at each fact of a kind, and those that look at each event at the end. */
import type { Fact } from '../world-parts.ts';
import type { EndCheck, FactCheck } from './check.ts';
import { promise7RejectedIsNotTaken, promise7TakenWasAccepted } from './promises/accepted-only.ts';
import {
  promise3FewCallsAtOnce,
  promise3FewCallsForOneBadEvent,
  promise3FewExtraCalls,
} from './promises/calls.ts';
import {
  promise1DestinationIsTrue,
  promise1OutcomeIsTrue,
  promise1ReasonIsACode,
  promise1TimesAreTrue,
} from './promises/dead-letters.ts';
import {
  promise1AcceptedEndsWell,
  promise1AcceptedIsSomewhere,
  promise1KeptForTenDays,
  promise1RemovedIsSettled,
} from './promises/promise-1.ts';
import {
  promise2AcceptedIdIsSent,
  promise2CountsOnce,
  promise2CountsOnceWithPixel,
} from './promises/promise-2.ts';
import { promise3GoodNeighborsPassSoon, promise3ParkedAfterRefusedAlone } from './promises/promise-3.ts';
import { promise4DeliversAfterTheOutage, promise4GoodIsNeverParked } from './promises/promise-4.ts';
import { promise11WithinAMinute, promise11WithinTheMergeWindow } from './promises/promise-11.ts';
import { runChecks } from './run-invariants.ts';

export const factChecks: { readonly [Kind in Fact['kind']]?: readonly FactCheck<Kind>[] } = {
  accepted: [promise1AcceptedIsSomewhere],
  removed: [promise1RemovedIsSettled],
  taken: [promise2CountsOnce, promise7TakenWasAccepted],
  pixel: [promise2CountsOnceWithPixel],
  calling: [promise3FewExtraCalls, promise3FewCallsForOneBadEvent, promise3FewCallsAtOnce],
  ended: runChecks,
  'dead-letter': [
    promise1KeptForTenDays,
    promise1ReasonIsACode,
    promise1OutcomeIsTrue,
    promise1TimesAreTrue,
    promise1DestinationIsTrue,
    promise3ParkedAfterRefusedAlone,
    promise4GoodIsNeverParked,
  ],
};

export const endChecks: readonly EndCheck[] = [
  promise1AcceptedEndsWell,
  promise2AcceptedIdIsSent,
  promise7RejectedIsNotTaken,
  promise3GoodNeighborsPassSoon,
  promise4DeliversAfterTheOutage,
  promise11WithinAMinute,
  promise11WithinTheMergeWindow,
];
