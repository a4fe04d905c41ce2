/** Promise 8: a replaced token is picked up without a deploy. The run whose token TikTok refuses reads the secret once more. */
import { isTokenCode, tiktokCode } from '../../../../lib/tiktok/codes.ts';
import type { FactCheck } from '../check.ts';
import type { ReportedCall, RunReport } from '../run-report.ts';

export const promise8ReadsARefusedTokenAgain: FactCheck<'ended'> = ({ invocation, report }) => {
  const refused = report.calls.filter(isTokenRefused);
  // Once in a run is enough: a second refusal says that the secret has no better token yet.
  const first = refused.filter((call, index) => refused.findIndex(isTo(call.destination)) === index);
  const missed = first.find((call) => !isReadAfter(call, report));
  return (
    missed &&
    `promise 8: TikTok refused the token of ${missed.destination}, and run ${invocation} did not read its secret again`
  );
};

const isTokenRefused = ({ reason }: ReportedCall): boolean => isTokenCode(tiktokCode(reason) ?? 0);

const isTo =
  (name: string | undefined) =>
  ({ destination }: ReportedCall): boolean =>
    destination === name;

const isReadAfter = ({ destination, endedAtMs }: ReportedCall, { secretReads }: RunReport): boolean =>
  secretReads.some(({ name, atMs }) => name.endsWith(`/${destination}`) && atMs >= endedAtMs);
