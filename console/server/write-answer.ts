/** Writes the answers of the console: JSON, problem+json, and the files of the page. No browser keeps or guesses any of them. */
import type { ServerResponse } from 'node:http';

/** A request that cannot be answered. `detail` says what to do, and repeats nothing of the request. */
export class ConsoleProblem extends Error {
  override readonly name = 'ConsoleProblem';
  readonly status: number;

  constructor(status: number, detail: string) {
    super(detail);
    this.status = status;
  }
}

/** The page may load its own files and call its own server, and nothing else. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export function writeAnswer(
  response: ServerResponse,
  status: number,
  type: string,
  body: string | Uint8Array,
): void {
  response.writeHead(status, {
    'content-type': type,
    'content-security-policy': contentSecurityPolicy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  });
  response.end(body);
}

export const writeJson = (response: ServerResponse, status: number, body: object): void =>
  writeAnswer(response, status, 'application/json', JSON.stringify(body));

export const writeProblem = (response: ServerResponse, { status, message: detail }: ConsoleProblem): void =>
  writeAnswer(
    response,
    status,
    'application/problem+json',
    JSON.stringify({ type: 'about:blank', status, detail }),
  );
