/** Shows a request as curl commands that send the same bytes, or as JSON. Nothing is sent. */
import { shellQuote } from '../../../local/shell-quote.ts';
import { usageError } from '../../errors/cli-error.ts';
import { showResult } from '../../terminal/output.ts';
import type { WebhookRequest } from './make-request.ts';

export interface Printed {
  readonly isJson: boolean;
  /** A secret that is itself the proof of some senders: it is shown as `YOUR_TOKEN`. */
  readonly hidden: string | undefined;
}

export function printRequest(
  { url, headers, body, documents }: WebhookRequest,
  { isJson, hidden }: Printed,
): void {
  const mask = (text: string) => withoutSecret(text, hidden);
  const shown = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, mask(value)]));
  const stored = documents.map(({ url: address, json }) => ({
    method: 'PUT',
    url: address,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(json),
  }));
  const request = { method: 'POST', url: mask(url), headers: shown, body: mask(textOf(body)) };
  showResult(isJson, { ...request, ...(stored.length > 0 && { before: stored }) }, () =>
    [...stored, request].map(curl).join('\n\n'),
  );
}

/** The secret can be in a header, and in the address or the body, where it is written in their own form. */
function withoutSecret(text: string, secret: string | undefined): string {
  if (secret === undefined) return text;
  const inAddress = new URLSearchParams({ '': secret }).toString().slice(1);
  const forms = [secret, inAddress, JSON.stringify(secret).slice(1, -1)];
  return forms.reduce((masked, form) => masked.replaceAll(form, 'YOUR_TOKEN'), text);
}

interface Shown {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** `printf` is part of the shell, so that a long body is no argument of a process. */
const curl = ({ method, url, headers, body }: Shown): string =>
  [
    `printf %s ${shellQuote(body)} |`,
    `  curl -sS -X ${method} ${shellQuote(url)} \\`,
    ...Object.entries(headers).map(
      ([name, value]) => `    -H ${shellQuote(value === '' ? `${name};` : `${name}: ${value}`)} \\`,
    ),
    '    --data-binary @-',
  ].join('\n');

function textOf(body: Uint8Array): string {
  const text = Buffer.from(body).toString('utf8');
  if (Buffer.from(text).equals(Buffer.from(body)) && !text.includes('\0')) return text;
  throw usageError('--print: the body is not UTF-8 text, so it cannot be shown without a change.');
}
