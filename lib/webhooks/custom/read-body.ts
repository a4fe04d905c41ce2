/** Reads the body of a custom source: JSON, or a form where the content type or the settings say so. */
import { readForm } from '../../payload/read-form.ts';
import { readPayload } from '../../payload/read-payload.ts';
import { headerValue, type WebhookHeaders } from '../webhook-headers.ts';
import type { ReadBody } from '../webhook-outcome.ts';

/** Some senders declare another content type than the one they send. */
export type BodyFormat = 'json' | 'form';

export function readCustomBody(
  headers: WebhookHeaders,
  body: Uint8Array,
  format: BodyFormat | undefined,
): ReadBody {
  const { type, charset } = contentTypeOf(headers);
  if (type === 'multipart/form-data') return unsupported('multipart/form-data');
  if (format === 'json') return readPayload(body);
  if (format === undefined && type !== 'application/x-www-form-urlencoded') return readPayload(body);
  if (charset !== 'utf-8' && charset !== 'utf8') return unsupported('charset');
  // curl and some tools send JSON with the content type of a form. No form is JSON.
  const json = readPayload(body);
  return json.ok || json.reason === 'empty_body' ? json : readFormBody(body);
}

function readFormBody(body: Uint8Array): ReadBody {
  try {
    const read = readForm(new TextDecoder('utf-8', { fatal: true }).decode(body));
    if (read.ok) return { ok: true, payload: read.form };
    return read.reason === 'not_utf8'
      ? unsupported('charset')
      : { ok: false, reason: 'unexpected_body', detail: details[read.reason] };
  } catch {
    return unsupported('charset');
  }
}

const details = { no_form: 'not a form', too_many_fields: 'more than 1000 fields' } as const;

const unsupported = (detail: string): ReadBody => ({ ok: false, reason: 'unsupported_format', detail });

function contentTypeOf(headers: WebhookHeaders) {
  const [type = '', ...parameters] = (headerValue(headers, 'content-type') ?? '').toLowerCase().split(';');
  const charset = parameters
    .map((text) => /^\s*charset\s*=\s*"?([^\s"]+)"?\s*$/.exec(text)?.[1])
    .find(Boolean);
  return { type: type.trim(), charset: charset ?? 'utf-8' };
}
