/** Runs all checks side by side; one that cannot be made is a finding too, and stops no other. */
import { CliError } from '../cli-error.ts';
import { explainError } from '../explain-error.ts';
import { checkAlarms } from './check-alarms.ts';
import { checkApi, checkKey } from './check-api.ts';
import { checkDelivery } from './check-delivery.ts';
import { checkHeld } from './check-held.ts';
import { checkIngestSecret } from './check-keys.ts';
import { checkConcurrency, checkMapping } from './check-lambda.ts';
import { checkDeadLetters, checkQueue } from './check-queues.ts';
import { checkOauthApp, checkTokenSecrets } from './check-secrets.ts';
import { checkSettings } from './check-settings.ts';
import { checkStack } from './check-stack.ts';
import type { Check, DoctorContext } from './context.ts';
import { type Finding, problem, unchecked } from './finding.ts';
import { isDenied } from './is-denied.ts';
import { sendTest, type TestOptions } from './send-test.ts';

/** In the order in which they are told. */
const checks: Readonly<Record<string, Check>> = {
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
  // The local client of the secrets is set up by the first that asks, so it is asked for once before all others.
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
    if (error instanceof CliError && error.exitCode === 2 && subject === 'test event') throw error;
    return [cannotCheck(subject, error)];
  }
}
