/** A token in a field of the body, as ThriveCart and Cakto send it: finds it, and writes it for a test request. */
import { asObject, asText, type Payload } from '../../payload/values.ts';
import { parseJson } from '../../schema/parse-json.ts';
import type { WebhookHeaders } from '../webhook-headers.ts';
import { type BodyFormat, readCustomBody } from './read-body.ts';

/**
 * This parses a body whose sender is not known yet; the size of a body is limited.
 * @param path such as `secret` or `data.token`
 * @returns the token, or nothing
 */
export function tokensInBody(
  headers: WebhookHeaders,
  body: Uint8Array,
  path: string,
  format: BodyFormat | undefined,
): string[] {
  const read = readCustomBody(headers, body, format);
  let value: unknown = read.ok ? read.payload : undefined;
  for (const name of path.split('.')) value = asObject(value)[name];
  const token = typeof value === 'string' ? value : asText(value);
  return token === undefined ? [] : [token];
}

/** @returns the body with the token in it; an object with the token alone when the body is no JSON object */
export function withToken(
  body: Uint8Array,
  path: string,
  token: string,
  format: BodyFormat | undefined,
): Uint8Array {
  const [first = '', ...rest] = path.split('.');
  if (format === 'form') {
    const name = first + rest.map((step) => `[${step}]`).join('');
    const field = new URLSearchParams([[name, token]]).toString();
    const text = Buffer.from(body).toString('utf8');
    return Buffer.from(text.includes('=') ? `${text}&${field}` : field);
  }
  return Buffer.from(
    JSON.stringify(withField(parseJson(Buffer.from(body).toString('utf8')), [first, ...rest], token)),
  );
}

function withField(value: unknown, [name = '', ...rest]: readonly string[], token: string): Payload {
  const object = asObject(value);
  const field = rest.length === 0 ? token : withField(object[name], rest, token);
  return Object.fromEntries([...Object.entries(object), [name, field]]);
}
