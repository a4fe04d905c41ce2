/** Keeps the last requests to the sandbox, up to a number and a size, with masked tokens. */
import type { IncomingHttpHeaders } from 'node:http';

interface LoggedRequest {
  /** ISO 8601. */
  readonly at: string;
  readonly method: string;
  readonly path: string;
  /** HTTP status; null when the sandbox sent no answer. */
  readonly status: number | null;
  /** TikTok's code; null when the answer contains none. */
  readonly code: number | null;
  readonly message: string;
  /** Events in the request, and how many of them TikTok would drop as duplicates. */
  readonly events: number;
  readonly duplicates: number;
  readonly bytes: number;
  /** The fault that applied to the request. */
  readonly fault?: string;
  readonly headers: Record<string, string>;
  /** The body, parsed when it was JSON. */
  readonly body: unknown;
}

export interface RequestLog {
  add(request: LoggedRequest): void;
  /** Newest last. */
  list(limit?: number): readonly LoggedRequest[];
  clear(): void;
}

const maxRequests = 1000;
const maxBytes = 64 * 1024 * 1024;
const secretHeaders = new Set(['access-token', 'authorization', 'cookie']);

export function maskHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const entries = Object.entries(headers).map(([name, value]) => [name, String(value)] as const);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, secretHeaders.has(name) ? mask(value) : value]),
  );
}

export function createRequestLog(): RequestLog {
  let requests: LoggedRequest[] = [];
  let size = 0;
  return {
    add: (request) => {
      requests.push(request);
      size += request.bytes;
      while (requests.length > maxRequests || (size > maxBytes && requests.length > 1)) {
        size -= requests.shift()?.bytes ?? 0;
      }
    },
    list: (limit = maxRequests) => requests.slice(-limit),
    clear: () => {
      requests = [];
      size = 0;
    },
  };
}

/** Keeps the end of a token, so that you can distinguish two tokens. */
const mask = (value: string) => `***${value.length >= 12 ? value.slice(-4) : ''}`;
