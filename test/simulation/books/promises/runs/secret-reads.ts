/** Promise 8, seen from Secrets Manager: a refused token is read again, once in a run, and the cache does the rest. */
import { meaningOf, tiktokCode } from '../../../../../lib/tiktok/codes.ts';
import type { FactCheck } from '../../check.ts';
import type { ReportedCall, ReportedRead } from '../../run-report.ts';

/** The first read of an environment or of five minutes, and one more when TikTok refuses the token. */
const mostReads = 2;

export const promise8ReadsSecretsSeldom: FactCheck<'ended'> = ({ invocation, report: { reads } }) => {
  const often = reads.find((read) => successesOf(reads, read.secret) > mostReads);
  return (
    often &&
    `promise 8: run ${invocation} read ${often.secret} ${successesOf(reads, often.secret)} times; ${mostReads} are enough`
  );
};

/** After a read that failed, the first read of a run is the one that it makes again. */
export const promise8RefusedTokenIsReadAgain: FactCheck<'ended'> = ({ invocation, report }, _, { plan }) => {
  const { calls, reads } = report;
  if (plan.troubles.some(({ name }) => name.startsWith('secrets'))) return undefined;
  // A run reads again once: the token that it reads can be refused, too.
  const first = Map.groupBy(calls.filter(isTokenRefused), ({ destination }) => destination).values();
  const ignored = [...first].flatMap(([call]) => call ?? []).find((call) => !isReadAgain(call, reads));
  return (
    ignored &&
    `promise 8: TikTok refused the token of ${ignored.destination}, and run ${invocation} did not read its secret again`
  );
};

/** After the call, or before it for the second time: a run reads a secret again once. */
function isReadAgain({ destination, endedAtMs }: ReportedCall, reads: readonly ReportedRead[]): boolean {
  const own = reads.filter(({ secret }) => secret.endsWith(`/${destination}`));
  return own.length >= mostReads || own.some(({ startedAtMs }) => startedAtMs >= endedAtMs);
}

function isTokenRefused({ reason }: ReportedCall): boolean {
  const code = tiktokCode(reason);
  return code !== undefined && meaningOf(code) === 'token';
}

const successesOf = (reads: readonly ReportedRead[], name: string): number =>
  reads.filter(({ secret, isRead }) => isRead && secret === name).length;
