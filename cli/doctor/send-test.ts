/** Sends one test event to TikTok with the stage's own token, which proves pixel code, token and permissions together. */
import { randomUUID } from 'node:crypto';
import { stageFileName } from '../../lib/config/stage-file.ts';
import type { Destination } from '../../lib/events/destination.ts';
import type { IdentifiedEvent } from '../../lib/events/event.ts';
import { trackPath } from '../../lib/tiktok/client.ts';
import { toTrackEvent } from '../../lib/tiktok/track-event.ts';
import { toTrackRequest } from '../../lib/tiktok/track-request.ts';
import { judge } from '../../lib/tiktok/verdict.ts';
import { usageError } from '../errors/cli-error.ts';
import { reasonWords } from '../held/reason-words.ts';
import { type Cause, remedyFor } from '../held/remedy.ts';
import { deployCommand } from '../terminal/command-line.ts';
import type { DoctorContext } from './context.ts';
import { type Finding, fine, problem } from './finding.ts';

export interface TestOptions {
  readonly destination: string;
  /** From the Test Events page; undefined means the one of the destination. */
  readonly testEventCode: string | undefined;
}

export async function sendTest(context: DoctorContext, options: TestOptions): Promise<Finding> {
  const subject = `test event ${options.destination}`;
  const destination = (await context.settings()).destinations[options.destination];
  if (destination === undefined) throw usageError('--destination: the stage has no such destination.');
  const code = options.testEventCode ?? destination.testEventCode;
  if (code === undefined)
    throw usageError(
      '--send-test needs --test-event-code, from the Test Events page of Events Manager: without it the event would count.',
    );
  const token = await context.token(options.destination);
  if (token === undefined)
    return problem(
      subject,
      'There is no token to send it with.',
      remedyFor({ reason: 'no_token' }, context.stage.name, options.destination),
    );
  const event = testEvent(destination, context.now());
  const body = toTrackRequest(destination, code, [
    JSON.stringify(toTrackEvent(event, destination.eventSource, destination.country)),
  ]);
  const reply = await (await context.tiktok(options.destination))({
    method: 'POST',
    path: trackPath,
    accessToken: token.access_token,
    body,
  });
  const verdict = judge(reply, 1);
  if (verdict.kind === 'delivered')
    return fine(
      subject,
      'TikTok accepted it: your pixel code, token and permissions work. Keep the Test Events page open to see it there within minutes.',
    );
  const cause = { reason: verdict.reason, detail: 'detail' in verdict ? verdict.detail : undefined };
  return problem(
    subject,
    `TikTok did not accept it. ${reasonWords(cause.reason, cause.detail)}`,
    remedyOf(cause, context.stage.name, options.destination),
  );
}

/** An event of no person: the address is in the domain reserved for examples, so TikTok matches nobody. */
export function testEvent({ eventSource }: Destination, nowMs: number): IdentifiedEvent {
  return {
    event_name: eventSource === 'crm' ? 'Lead' : 'ViewContent',
    event_id: `doctor-${randomUUID()}`,
    event_time: Math.floor(nowMs / 1000),
    email: 'doctor@example.com',
    ...(eventSource === 'web' && { page_url: 'https://example.com/' }),
    ...(eventSource === 'app' && { app: { app_id: '1' } }),
    ...(eventSource === 'crm' && { lead: { lead_id: 'doctor' } }),
  };
}

/** A refusal that says nothing about an event's cause is most often the pixel code. */
function remedyOf({ reason, detail }: Cause, stage: string, destination: string): string {
  if (/^tiktok_4000[27]$/.test(reason))
    return `Most often the pixel code is wrong: compare pixelCode in ${stageFileName(stage)} with Events Manager (Assets, Events, Web Events), and eventSource with where the events come from. Then run ${deployCommand(stage)}.`;
  return remedyFor({ reason, detail }, stage, destination);
}
