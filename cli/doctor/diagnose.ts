/** Runs all checks in parallel. A check that fails becomes a finding and stops no other. */
import { CliError } from '../errors/cli-error.ts';
import { exitCodes } from '../errors/exit-codes.ts';
import { explainError } from '../errors/explain-error.ts';
import { checkAlarms } from './checks/check-alarms.ts';
import { checkApi, checkKey } from './checks/check-api.ts';
import { checkDelivery } from './checks/check-delivery.ts';
import { checkHeld } from './checks/check-held.ts';
import { checkIngestSecret } from './checks/check-keys.ts';
import { checkConcurrency, checkMapping } from './checks/check-lambda.ts';
import { checkDeadLetters, checkQueue } from './checks/check-queues.ts';
import { checkOauthApp, checkTokenSecrets } from './checks/check-secrets.ts';
import { checkSettings } from './checks/check-settings.ts';
import { checkStack } from './checks/check-stack.ts';
import { isDenied } from './checks/is-denied.ts';
import type { DoctorCheck, DoctorContext } from './context.ts';
import { type Finding, problem, unchecked } from './finding.ts';
import { sendTest, type TestOptions } from './send-test.ts';

/** In the order of the report. */
const checks: Readonly<Record<string, DoctorCheck>> = {
  settings: checkSettings,
  stack: checkStack,
  API: checkApi,
  'API key': checkKey,
  'secret ingest': checkIngestSecret,
  'secret oauth-app': checkOauthApp,
  tokens: checkTokenSecrets,
  queue: checkQueue,
  mapping: checkMapping,
  'held events': checkHeld,
  'dead letters': checkDeadLetters,
  delivery: checkDelivery,
  alarms: checkAlarms,
  concurrency: checkConcurrency,
};

export async function diagnose(context: DoctorContext, test: TestOptions | undefined): Promise<Finding[]> {
  // The first call sets up the local client of the secrets, so it happens once before all checks.
  await context.stage.secrets().catch(() => undefined);
  const found = await Promise.all(
    Object.entries(checks).map(([subject, check]) => guarded(subject, () => check(context))),
  );
  const tested =
    test === undefined ? [] : await guarded('test event', async () => [await sendTest(context, test)]);
  return [...found.flat(), ...tested];
}

export function cannotCheck(subject: string, error: unknown): Finding {
  if (isDenied(error))
    return unchecked(
      subject,
      `You are not allowed to look (${error.name}).`,
      'docs/cli.md#doctor lists the rights.',
    );
  return problem(subject, 'This could not be checked.', explainError(error));
}

async function guarded(
  subject: string,
  look: () => Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof CliError && error.exitCode === exitCodes.usage && subject === 'test event')
      throw error;
    return [cannotCheck(subject, error)];
  }
}
