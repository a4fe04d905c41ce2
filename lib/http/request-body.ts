/** Reads the body of a request: its exact bytes, or its JSON. Size and encoding are checked before parsing. */
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { RejectedInput } from '../errors/app-error.ts';
import type { ProblemCode } from '../errors/problem-codes.ts';
import { exceedsBytes } from '../queue/entries.ts';

const maxBodyBytes = 1_048_576;

/**
 * @returns the bytes of the body, as signatures need them
 * @throws RejectedInput (413) above 1 MiB
 */
export function readBytes(event: APIGatewayProxyEventV2): Buffer {
  const body = event.body ?? '';
  // A text has at least as many bytes as characters, and base64 three for four: a longer body needs no decoding.
  if (body.length > (event.isBase64Encoded ? (maxBodyBytes / 3) * 4 + 4 : maxBodyBytes)) throw tooLarge();
  const bytes = Buffer.from(body, event.isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length > maxBodyBytes) throw tooLarge();
  return bytes;
}

const tooLarge = () =>
  new RejectedInput(413, 'body_too_large', 'The body is larger than 1 MiB. Send fewer events per request.');

/**
 * Keeps a text that API Gateway has already decoded: encoding and decoding it again costs 22 % of a whole request.
 * @returns the input of parseJsonBody
 * @throws RejectedInput (413) above 1 MiB
 */
export function readContent(event: APIGatewayProxyEventV2): Buffer | string {
  if (event.isBase64Encoded) return readBytes(event);
  const text = event.body ?? '';
  if (exceedsBytes(text, maxBodyBytes)) throw tooLarge();
  return text;
}

/** @throws RejectedInput (415) unless the headers declare uncompressed JSON */
export function requireJson(event: APIGatewayProxyEventV2): void {
  const mediaType = event.headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (mediaType !== 'application/json' && !/^application\/[\w.-]+\+json$/.test(mediaType)) {
    throw new RejectedInput(415, 'unsupported_media_type', 'Send the header content-type: application/json.');
  }
  const encoding = event.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  if (encoding !== 'identity') {
    throw new RejectedInput(
      415,
      'unsupported_encoding',
      'Send the body uncompressed, without content-encoding.',
    );
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * @returns the JSON; of a repeated name, the last value
 * @throws RejectedInput (400) when the content is not UTF-8 or not JSON
 */
export function parseJsonBody(content: Buffer | string): unknown {
  const text = typeof content === 'string' ? content : decodeUtf8(content);
  if (text.startsWith('\uFEFF'))
    throw badRequest(
      'byte_order_mark',
      'The body starts with a byte order mark. Save it as UTF-8 without BOM.',
    );
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest(
      'invalid_json',
      'The body is not JSON. Send one event, a list of events, or {"events":[…]}.',
    );
  }
}

function decodeUtf8(bytes: Buffer): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw badRequest('invalid_utf8', 'The body is not valid UTF-8.');
  }
}

const badRequest = (code: ProblemCode, detail: string) => new RejectedInput(400, code, detail);
