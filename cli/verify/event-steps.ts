/** One test event: accepted, queued, and delivered to the Test Events page, where it does not count. */
import { randomUUID } from 'node:crypto';
import { testEvent } from '../doctor/send-test.ts';
import { followEvent } from '../send/follow-event.ts';
import { commandLine } from '../terminal/command-line.ts';
import { note, printable } from '../terminal/output.ts';
import { ask } from './http-answer.ts';
import { failed, passed, type Step, stepOfError, untried } from './step.ts';
import type { VerifyContext } from './verify-context.ts';

const accept = 'event accepted';
const deliver = 'event delivered';

export async function checkEvent(context: VerifyContext): Promise<readonly Step[]> {
  const { stage, destination } = context;
  const settings = (await context.settings()).destinations[destination];
  if (settings === undefined)
    return [
      failed(accept, {
        expected: `a destination ${destination}`,
        saw: 'the stage file has none of this name',
        see: 'Name one with --destination.',
      }),
    ];
  const code = context.testEventCode ?? settings.testEventCode ?? (stage.isLocal ? 'LOCAL' : undefined);
  if (code === undefined) {
    const how = `Use the code of the Test Events page: ${commandLine(`verify --stage ${stage.name} --test-event-code TEST12345`)}.`;
    return [accept, deliver].map((step) =>
      untried(step, 'No test event code, and an event without one counts.', how),
    );
  }
  const eventId = `verify-${randomUUID()}`;
  const event = {
    ...testEvent(settings, context.now()),
    event_id: eventId,
    // A stage may send only what a visitor agreed to.
    consent: 'granted',
    destination,
    test_event_code: code,
  };
  const accepted = await post(context, event);
  if (accepted.outcome !== 'ok') return [accepted, untried(deliver, 'The event was not accepted.')];
  return [accepted, await follow(context, eventId)];
}

async function post({ stage }: VerifyContext, event: object): Promise<Step> {
  const answer = await ask(`${await stage.apiUrl()}/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await stage.apiKey()}`, 'content-type': 'application/json' },
    body: JSON.stringify(event),
  });
  if (typeof answer !== 'string' && answer.status === 202)
    return passed(accept, `${answer.text}: the event is in the queue`);
  return failed(accept, {
    expected: 'HTTP 202: the event is in the queue',
    saw: typeof answer === 'string' ? answer : answer.text,
    see: 'docs/operations.md#events-not-queued',
  });
}

async function follow(context: VerifyContext, eventId: string): Promise<Step> {
  const { stage, waitMs, now, signal } = context;
  const expected = 'the queue is empty again and no dead letter is the event';
  note(`Following the event for ${waitMs / 1000} s at most …`);
  try {
    const fate = await followEvent(stage, eventId, { waitMs, now, signal });
    if (fate.outcome === 'parked')
      return failed(deliver, {
        expected,
        saw: `parked as ${printable(fate.reason, 64)}`,
        see: `${commandLine(`dead-letters list --stage ${stage.name}`)}; docs/dead-letters.md`,
      });
    if (fate.outcome === 'unknown')
      return failed(deliver, {
        expected,
        saw: `after ${waitMs / 1000} s ${fate.waiting} events wait in the queue`,
        see: `${commandLine(`doctor --stage ${stage.name}`)}; docs/operations.md#held-events`,
      });
    return passed(
      deliver,
      fate.certainty === 'seen'
        ? 'TikTok received the event.'
        : 'The queue is empty and no dead letter is the event: look at the Test Events page too.',
    );
  } catch (error) {
    return stepOfError(deliver, expected, error);
  }
}
