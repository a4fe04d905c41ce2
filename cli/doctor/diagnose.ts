/** Runs all checks in parallel. A check that fails becomes a finding and stops no other. */
import { CliError } from '../errors/cli-error.ts';
import { exitCodes } from '../errors/exit-codes.ts';
import { blocked } from './cannot-check.ts';
import { checkAlarms } from './checks/check-alarms.ts';
import { checkApi, checkKey } from './checks/check-api.ts';
import { checkCollector } from './checks/check-collector.ts';
import { checkDelivery } from './checks/check-delivery.ts';
import { checkHeld } from './checks/check-held.ts';
import { checkIngestSecret } from './checks/check-keys.ts';
import { checkConcurrency, checkMapping } from './checks/check-lambda.ts';
import { checkDeadLetters, checkQueue } from './checks/check-queues.ts';
import { checkRedAlarms } from './checks/check-red-alarms.ts';
import { checkOauthApp, checkTokenSecrets } from './checks/check-secrets.ts';
import { checkSettings } from './checks/check-settings.ts';
import { checkStack } from './checks/check-stack.ts';
import { checkTraffic } from './checks/check-traffic.ts';
import type { DoctorCheck, DoctorContext } from './context.ts';
import { type Finding, problem } from './finding.ts';
import { mergeCauses } from './merge-causes.ts';
import { sendTest, type TestOptions } from './send-test.ts';

/** In the order of the report. */
const checks: Readonly<Record<string, DoctorCheck>> = {
  settings: checkSettings,
  stack: checkStack,
  API: checkApi,
  'API key': checkKey,
  collector: checkCollector,
  requests: checkTraffic,
  'secret ingest': checkIngestSecret,
  'secret oauth-app': checkOauthApp,
  tokens: checkTokenSecrets,
  queue: checkQueue,
  mapping: checkMapping,
  'held events': checkHeld,
  'dead letters': checkDeadLetters,
  delivery: checkDelivery,
  'red alarms': checkRedAlarms,
  alarms: checkAlarms,
  concurrency: checkConcurrency,
};

export async function diagnose(context: DoctorContext, test: TestOptions | undefined): Promise<Finding[]> {
  const down = await checkLocalGateway(context);
  if (down !== undefined) return [down];
  // The first call sets up the local client of the secrets, so it happens once before all checks.
  await context.stage.secrets().catch(() => undefined);
  const found = await Promise.all(
    Object.entries(checks).map(([subject, check]) => guarded(subject, () => check(context))),
  );
  const tested =
    test === undefined ? [] : await guarded('test event', async () => [await sendTest(context, test)]);
  return mergeCauses([...found.flat(), ...tested]);
}

const timeoutMs = 5_000;

/** Without the gateway of `npm start` there is nothing else to check. */
async function checkLocalGateway({ stage }: DoctorContext): Promise<Finding | undefined> {
  if (!stage.isLocal || stage.hasOtherUrl) return undefined;
  const url = await stage.apiUrl();
  try {
    const response = await fetch(`${url}/v1/health`, {
      signal: AbortSignal.timeout(timeoutMs),
      redirect: 'manual',
    });
    await response.body?.cancel();
    return undefined;
  } catch {
    return problem(
      'gateway',
      `Nothing answers at ${url}: the gateway of npm start does not run, or runs on another PORT.`,
      'Start it: `npm start`. If it runs on another port, set PORT and SQS_PORT as you did for it.',
    );
  }
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
    return [blocked(subject, error)];
  }
}
