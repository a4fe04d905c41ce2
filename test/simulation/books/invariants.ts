/** All invariants: those that look at each fact of a kind, and those that look at each event at the end. */
import type { Fact } from '../world-parts.ts';
import type { EndCheck, FactCheck } from './check.ts';
import { promise7RejectedIsNotTaken, promise7TakenWasAccepted } from './promises/accepted-only.ts';
import {
  promise3AnOutageCostsFewCalls,
  promise3FewCallsAtOnce,
  promise3FewCallsForOneBadEvent,
  promise3FewExtraCalls,
  promise11CallsEndInTime,
} from './promises/calls.ts';
import {
  promise1DestinationIsTrue,
  promise1OutcomeIsTrue,
  promise1ReasonIsACode,
  promise1TimesAreTrue,
} from './promises/dead-letters.ts';
import { promise3OneBadEventCostsCallsOnly } from './promises/isolation.ts';
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
import {
  promise3GoodNeighborsPassSoon,
  promise3ParkedAfterRefusedAlone,
  promise3RunRefusedItAlone,
} from './promises/promise-3.ts';
import { promise4DeliversAfterTheOutage, promise4GoodIsNeverParked } from './promises/promise-4.ts';
import { promise11WithinAMinute, promise11WithinTheMergeWindow } from './promises/promise-11.ts';
import {
  promise13EveryCallIsLogged,
  promise13EveryLetterIsLogged,
  promise13EveryWaitIsLogged,
  promise13TheSumsAreRight,
} from './promises/promise-13.ts';
import {
  promise3DoubtIsProbed,
  promise3LateProbesAreSmall,
  promise3NoCallAfterALimit,
  promise3OneRefusedEventCostsFewCalls,
} from './promises/runs/course.ts';
import {
  promise1FirstSentAtIsTrue,
  promise2DeliveredIsDone,
  promise2DeliveredIsNotSentAgain,
  promise4CallsHaveTime,
  promise4CallsLeaveTime,
  promise7TestCodeIsTheEvents,
} from './promises/runs/deliveries.ts';
import { promise13ReasonIsTheLastAnswer } from './promises/runs/reasons.ts';
import { promise8ReadsSecretsSeldom, promise8RefusedTokenIsReadAgain } from './promises/runs/secret-reads.ts';
import {
  promise13ForeignIsLogged,
  promise13TheAgesAreRight,
  promise13TheCoverageIsRight,
  promise13TheMetricsAreRight,
} from './promises/runs/sums.ts';
import {
  promise8EveryCallHasAToken,
  promise8NewTokenIsUsedAtOnce,
  promise8ReadsNoSecretWithoutNeed,
  promise8RefusedTokenIsNotTriedAgain,
} from './promises/runs/token-use.ts';
import {
  promise1DeletesOnlySettled,
  promise1LettersKeepTheBody,
  promise4ParksOnlyOwnFaults,
} from './promises/settled.ts';
import {
  promise1ParkedBeforeTheLastReceive,
  promise4WaitsAreOfTheLadder,
  promise4WaitsAreSpread,
} from './promises/waits.ts';

export const factChecks: { readonly [Kind in Fact['kind']]?: readonly FactCheck<Kind>[] } = {
  accepted: [promise1AcceptedIsSomewhere],
  removed: [promise1RemovedIsSettled],
  taken: [promise2CountsOnce, promise7TakenWasAccepted],
  pixel: [promise2CountsOnceWithPixel],
  calling: [promise3FewExtraCalls, promise3FewCallsForOneBadEvent, promise3FewCallsAtOnce],
  // What the run did goes before what it logged: the first violation is the one that is reported.
  ended: [
    promise3OneBadEventCostsCallsOnly,
    promise3RunRefusedItAlone,
    promise3OneRefusedEventCostsFewCalls,
    promise3NoCallAfterALimit,
    promise3DoubtIsProbed,
    promise3LateProbesAreSmall,
    promise7TestCodeIsTheEvents,
    promise1LettersKeepTheBody,
    promise1FirstSentAtIsTrue,
    promise1DeletesOnlySettled,
    promise2DeliveredIsNotSentAgain,
    promise2DeliveredIsDone,
    promise4WaitsAreOfTheLadder,
    promise4WaitsAreSpread,
    promise1ParkedBeforeTheLastReceive,
    promise4ParksOnlyOwnFaults,
    promise3AnOutageCostsFewCalls,
    promise11CallsEndInTime,
    promise4CallsLeaveTime,
    promise4CallsHaveTime,
    promise8EveryCallHasAToken,
    promise8RefusedTokenIsNotTriedAgain,
    promise8NewTokenIsUsedAtOnce,
    promise8ReadsNoSecretWithoutNeed,
    promise8ReadsSecretsSeldom,
    promise8RefusedTokenIsReadAgain,
    promise13EveryCallIsLogged,
    promise13EveryLetterIsLogged,
    promise13EveryWaitIsLogged,
    promise13TheSumsAreRight,
    promise13TheMetricsAreRight,
    promise13TheAgesAreRight,
    promise13TheCoverageIsRight,
    promise13ForeignIsLogged,
    promise13ReasonIsTheLastAnswer,
  ],
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
