/** The invariants that look at each run of the consumer when it ends. */
import type { FactCheck } from './check.ts';
import {
  promise3AnOutageCostsFewCalls,
  promise11CallsEndInTime,
  promise11DestinationsAreParallel,
} from './promises/calls.ts';
import { promise3OneBadEventCostsCallsOnly } from './promises/isolation.ts';
import { promise3RunRefusedItAlone } from './promises/promise-3.ts';
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
import { promise13TheCoverageIsRight } from './promises/runs/coverage.ts';
import {
  promise1FirstSentAtIsTrue,
  promise2DeliveredIsDone,
  promise2DeliveredIsNotSentAgain,
  promise4CallsHaveTime,
  promise4CallsLeaveTime,
  promise7TestCodeIsTheEvents,
} from './promises/runs/deliveries.ts';
import {
  promise13CallsHaveTheirTraces,
  promise13ForeignIsLogged,
  promise13ParkedIsNamed,
  promise13WaitingIsNamed,
} from './promises/runs/journal-facts.ts';
import { promise3NamedEventGoesAlone } from './promises/runs/names.ts';
import { promise13ReasonIsTheLastAnswer } from './promises/runs/reasons.ts';
import { promise8ReadsSecretsSeldom, promise8RefusedTokenIsReadAgain } from './promises/runs/secret-reads.ts';
import {
  promise3DoubtSharesItsTime,
  promise3NothingTooLargeIsSent,
  promise3OwnFaultIsParked,
} from './promises/runs/sizes-and-shares.ts';
import {
  promise13AwsErrorsAreNamed,
  promise13TheAgesAreRight,
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

/** What the run did goes before what it logged: the first violation is the one that is reported. */
export const runChecks: readonly FactCheck<'ended'>[] = [
  promise3OneBadEventCostsCallsOnly,
  promise3RunRefusedItAlone,
  promise3NamedEventGoesAlone,
  promise3NothingTooLargeIsSent,
  promise3OwnFaultIsParked,
  promise3DoubtSharesItsTime,
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
  promise11DestinationsAreParallel,
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
  promise13AwsErrorsAreNamed,
  promise13TheAgesAreRight,
  promise13TheCoverageIsRight,
  promise13ForeignIsLogged,
  promise13ParkedIsNamed,
  promise13WaitingIsNamed,
  promise13CallsHaveTheirTraces,
  promise13ReasonIsTheLastAnswer,
];
