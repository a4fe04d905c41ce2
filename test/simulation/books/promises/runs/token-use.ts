/** Promise 8, seen from TikTok: each call carries a token, a refused one is not tried again, and a new one is used at once. */
import { isTokenCode, tiktokCode } from '../../../../../lib/tiktok/codes.ts';
import type { FactCheck } from '../../check.ts';
import type { ReportedCall, RunReport } from '../../run-report.ts';

export const promise8EveryCallHasAToken: FactCheck<'ended'> = ({ invocation, report }) =>
  report.calls.some(({ token }) => token === undefined)
    ? `promise 8: run ${invocation} made a call without a token`
    : undefined;

export const promise8RefusedTokenIsNotTriedAgain: FactCheck<'ended'> = ({
  invocation,
  report: { calls },
}) => {
  const again = calls.find((call, index) =>
    calls
      .slice(0, index)
      .some(
        (earlier) => isTokenRefused(earlier) && earlier.token === call.token && hasSameEvents(earlier, call),
      ),
  );
  return again && `promise 8: run ${invocation} sent an event again with the token that TikTok had refused`;
};

/** Later, the time or the further calls of the run can be spent. */
const soonMs = 10_000;
const fewCalls = 15;

export const promise8NewTokenIsUsedAtOnce: FactCheck<'ended'> = ({ invocation, report }) => {
  const { calls } = report;
  const unused = calls.slice(0, fewCalls).find((call, index) => {
    const fresh = isTokenRefused(call) ? tokenReadAfter(call, report) : undefined;
    if (fresh === undefined || fresh === call.token || call.endedAtMs - (calls[0]?.startedAtMs ?? 0) > soonMs)
      return false;
    return !calls.slice(index + 1).some((later) => later.token === fresh && hasSameEvents(later, call));
  });
  return (
    unused && `promise 8: run ${invocation} read a new token of ${unused.destination}, and did not use it`
  );
};

export const promise8ReadsNoSecretWithoutNeed: FactCheck<'ended'> = ({ invocation, report }) => {
  const { calls, reads } = report;
  const needed = (secret: string): number =>
    calls.some((call) => isTokenRefused(call) && secret.endsWith(`/${call.destination}`)) ? 2 : 1;
  const often = reads.find(
    ({ secret }) => reads.filter((read) => read.secret === secret && read.token).length > needed(secret),
  );
  return often && `promise 8: run ${invocation} read ${often.secret} again, although TikTok took its token`;
};

const isTokenRefused = ({ reason }: ReportedCall): boolean => isTokenCode(tiktokCode(reason) ?? 0);

const hasSameEvents = (one: ReportedCall, other: ReportedCall): boolean =>
  one.destination === other.destination && other.keys.some((key) => one.keys.includes(key));

const tokenReadAfter = ({ destination, endedAtMs }: ReportedCall, { reads }: RunReport): string | undefined =>
  reads.find(({ secret, startedAtMs }) => secret.endsWith(`/${destination}`) && startedAtMs >= endedAtMs)
    ?.token;
