/** Sends one test event to TikTok with the stage's own token, which proves pixel code, token and permissions together. */
import { randomUUID } from 'node:crypto';
import type { Destination } from '../../lib/events/destination.ts';
import type { IdentifiedEvent } from '../../lib/events/event.ts';
import { trackPath } from '../../lib/tiktok/client.ts';
import { toTrackEvent } from '../../lib/tiktok/track-event.ts';
import { toTrackRequest } from '../../lib/tiktok/track-request.ts';
import { judge } from '../../lib/tiktok/verdict.ts';
import { usageError } from '../errors/cli-error.ts';
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
    return problem(subject, 'There is no token to send it with.', 'Connect the destination first.');
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
  return problem(subject, `TikTok did not accept it (${verdict.reason}).`, remedyFor(verdict.reason));
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

function remedyFor(reason: string): string {
  if (/^tiktok_401/.test(reason))
    return 'The token is expired, revoked or of another app: connect the destination again.';
  if (reason === 'tiktok_40001')
    return "The account may not report to this pixel, or the pixel code is another account's: compare pixelCode of the stage file with Events Manager, give the account Operator or Admin rights on the ad account, approve the permission to report conversions, and connect again.";
  if (/^tiktok_4000[27]/.test(reason))
    return 'Most often the pixel code is wrong: compare pixelCode of the stage file with Events Manager (Assets, Events, Web Events), and eventSource with where the events come from.';
  if (/^(timeout|network|http_|unreadable)/.test(reason))
    return 'TikTok cannot be reached or is out of order: check the network and try again.';
  return 'docs/delivery.md says what the codes mean.';
}
