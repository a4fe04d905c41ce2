/** Shows a request as curl commands that send the same bytes, or as JSON. Nothing is sent. */
import { usageError } from '../../errors/cli-error.ts';
import { showResult } from '../../terminal/output.ts';
import type { WebhookRequest } from './make-request.ts';

export interface Printed {
  readonly isJson: boolean;
  /** True for the value of a header that is itself a secret. */
  readonly hides: (value: string) => boolean;
}

export function printRequest(
  { url, headers, body, documents }: WebhookRequest,
  { isJson, hides }: Printed,
): void {
  const text = textOf(body);
  const shown = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, hides(value) ? 'YOUR_TOKEN' : value]),
  );
  const stored = documents.map(({ url: address, json }) => ({
    method: 'PUT',
    url: address,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(json),
  }));
  const request = { method: 'POST', url, headers: shown, body: text };
  showResult(isJson, { ...request, ...(stored.length > 0 && { before: stored }) }, () =>
    [...stored, request].map(curl).join('\n\n'),
  );
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
    `printf %s ${quote(body)} |`,
    `  curl -sS -X ${method} ${quote(url)} \\`,
    ...Object.entries(headers).map(
      ([name, value]) => `    -H ${quote(value === '' ? `${name};` : `${name}: ${value}`)} \\`,
    ),
    '    --data-binary @-',
  ].join('\n');

/** Quotes for a POSIX shell: a quote inside single quotes has to close and reopen them. */
const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

function textOf(body: Uint8Array): string {
  const text = Buffer.from(body).toString('utf8');
  if (Buffer.from(text).equals(Buffer.from(body)) && !text.includes('\0')) return text;
  throw usageError('--print: the body is not UTF-8 text, so it cannot be shown without a change.');
}
