/** What TikTok answers for what is in a call: size, poison, token, refused events. The first that applies decides. */
import { checkToken } from '../../../local/tiktok-sandbox/track/check-request.ts';
import type { Flaw } from '../marks.ts';
import { code, type Outcome, page, reset, silence } from './answers.ts';
import type { TrackCall } from './request.ts';

/** @returns what stops a call before TikTok reads it: too many bytes, or an event that something on the way cannot take */
export function stoppedBy({ bytes, events }: TrackCall, maxBytes: number): Outcome | undefined {
  if (bytes > maxBytes) return page(413, 'Request Entity Too Large');
  return events.map(({ flaw }) => stops.get(flaw)).find((outcome) => outcome !== undefined);
}

const stops: ReadonlyMap<Flaw, Outcome> = new Map<Flaw, Outcome>([
  ['poison-403', page(403, 'Access Denied')],
  ['poison-400', page(400, 'Bad Request')],
  ['poison-500', page(500, 'Internal Server Error')],
  ['poison-code', code(50000, 'System error')],
  ['poison-stall', silence],
  ['poison-reset', reset],
]);

/** @returns TikTok's refusal of the token or of the first event that it does not like; undefined when it takes the call */
export function refusalOf({ token, events }: TrackCall, tokens: ReadonlySet<string>): Outcome | undefined {
  const wrong = checkToken(token, tokens);
  if (wrong !== undefined) return code(wrong.code, wrong.message);
  for (const [index, { flaw }] of events.entries()) {
    const refused = refuse(flaw, index, events.length);
    if (refused !== undefined) return refused;
  }
  return undefined;
}

/** Of a code that an event brings, or of the stage's own (`troubles.ts`). */
export const testCodeRefusal = 'Invalid value for test_event_code: not a valid string.';

/** The texts are those that were recorded in public, with another index where the flaw wants one. */
function refuse(flaw: Flaw, index: number, count: number): Outcome | undefined {
  switch (flaw) {
    case 'refused-batch':
      return code(40002, `Batch.${index}.properties.contents.0.content_id: Not a valid string`);
    case 'refused-data':
      return code(40002, `data[${index}].user.email: Not a valid sha256`);
    case 'refused-elsewhere':
      // Alone, the index is one that the call does not have.
      return code(40002, `Batch.${count === 1 ? 1 : (index + 1) % count}.event_id: Not a valid string`);
    case 'refused-silent':
      return code(40002, 'Invalid value for event_id: not a valid string.');
    case 'refused-test-code':
      return code(40002, testCodeRefusal);
    case 'refused-parameters':
      return code(40000, 'Invalid Price Field');
    case 'refused-later':
      return code(40700, 'Internal service validation failed');
    case 'refused-unknown':
      return code(49_123, 'Something is wrong');
    default:
      return undefined;
  }
}
