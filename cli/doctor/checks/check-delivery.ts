/** The time of the last delivery: from the local sandbox's list, or from the metric of a deployed stage. */

import { sandboxRequests } from '../../stage/sandbox.ts';
import { hasSandbox } from '../../stage/tiktok-api-url.ts';
import { commandLine } from '../../terminal/command-line.ts';
import { durationText } from '../../terminal/duration-text.ts';
import type { DoctorCheck, DoctorContext } from '../context.ts';
import { type Finding, fine, warning } from '../finding.ts';
import { lastDeliveryMs } from './cloudwatch-facts.ts';

const quietMs = 24 * 3_600_000;

export const checkDelivery: DoctorCheck = async (context) => {
  const { stage, now } = context;
  if (stage.isLocal && !(await hasSandbox(stage)))
    return [
      fine('delivery', 'npm start sends to TIKTOK_API_URL, not to its sandbox: look there for what came.'),
    ];
  const lastMs = stage.isLocal ? await lastInSandbox(context) : await lastDeliveryMs(stage, now());
  return [describe(lastMs, now(), stage)];
};

function describe(
  lastMs: number | undefined,
  nowMs: number,
  { isLocal, name }: DoctorContext['stage'],
): Finding {
  const look =
    'In Events Manager events show after some minutes; there, check that the pixel is active and not paused, and that event source and pixel code are those of the stage file.';
  if (lastMs === undefined)
    return isLocal
      ? fine('delivery', 'Nothing was delivered since npm start.')
      : warning(
          'delivery',
          'Nothing was delivered in the last 3 days.',
          `Send a test: ${commandLine(`doctor --stage ${name} --send-test --test-event-code TEST12345`)}. ${look}`,
        );
  const text = `Last delivery ${durationText(nowMs - lastMs)} ago.`;
  return nowMs - lastMs < quietMs
    ? fine('delivery', isLocal ? text : `${text} ${look}`)
    : warning('delivery', text, `Do events still arrive at the API? docs/operations.md#no-events. ${look}`);
}

async function lastInSandbox({ stage }: DoctorContext): Promise<number | undefined> {
  const requests = await sandboxRequests(await stage.apiUrl(), 1_000);
  const last = requests.findLast(({ code, events }) => code === 0 && events > 0);
  return last === undefined ? undefined : Date.parse(last.at);
}
