/** Reads the body of a post: at most 32 KiB of UTF-8 JSON, as plain text (no preflight) or under its own type. */
import { RejectedInput } from '../../errors/app-error.ts';
import type { ProblemCode } from '../../errors/problem-codes.ts';
import type { ApiEvent } from '../../http/api-answer.ts';
import { parseJsonBody } from '../../http/request-body.ts';
import { exceedsBytes } from '../../queue/entries.ts';

const maxBytes = 32_768;

/** @returns the JSON, or the code that says why there is none; throws RejectedInput (413) above 32 KiB */
export function readCollectBody(
  event: ApiEvent,
): { readonly json: unknown } | { readonly reason: ProblemCode } {
  const content = contentOf(event);
  const type = event.headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (!/^(?:text\/plain|application\/(?:[\w.-]+\+)?json)$/.test(type))
    return { reason: 'unsupported_media_type' };
  if ((event.headers['content-encoding'] ?? 'identity') !== 'identity')
    return { reason: 'unsupported_encoding' };
  try {
    return { json: parseJsonBody(content) };
  } catch (error) {
    if (error instanceof RejectedInput) return { reason: error.code };
    throw error;
  }
}

/** The length comes first: a body that is far too large is not even decoded. */
function contentOf({ body = '', isBase64Encoded }: ApiEvent): Buffer | string {
  if (!isBase64Encoded) {
    if (exceedsBytes(body, maxBytes)) throw tooLarge();
    return body;
  }
  if (body.length > Math.ceil(maxBytes / 3) * 4) throw tooLarge();
  const bytes = Buffer.from(body, 'base64');
  if (bytes.length > maxBytes) throw tooLarge();
  return bytes;
}

const tooLarge = () =>
  new RejectedInput(413, 'body_too_large', 'The body is larger than 32 KiB. Send fewer events per request.');
