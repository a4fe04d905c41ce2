/** Applies a fault to a response: some faults replace TikTok's answer, others damage it. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Verdict } from '../track/check-request.ts';
import { trickleAnswer, writeAnswer, writeHugeAnswer, writeText } from '../write-answer.ts';
import type { Fault } from './faults.ts';

/** The answer as the request log shows it; a null status means that none was sent. */
export interface Shown {
  readonly status: number | null;
  readonly code: number | null;
  readonly message: string;
}

const badGateway =
  '<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>';
const messages = new Map([
  [40100, 'Too many requests. Please retry in some time.'],
  [50000, 'Internal error. Please retry in some time.'],
]);

/** Answers instead of TikTok. @returns undefined when this fault lets TikTok's checks run first */
export function showEarlyFault(
  fault: Fault,
  request: IncomingMessage,
  response: ServerResponse,
): Shown | undefined {
  if (fault.kind === 'code') {
    const message = fault.message ?? messages.get(fault.code) ?? `Fault with code ${fault.code}`;
    writeAnswer(response, { code: fault.code, message });
    return { status: 200, code: fault.code, message };
  }
  if (fault.kind === 'status') {
    writeText(response, fault.status, 'plain', fault.body ?? `HTTP ${fault.status}`);
    return { status: fault.status, code: null, message: 'HTTP status' };
  }
  if (fault.kind === 'html') {
    writeText(response, fault.status, 'html', badGateway);
    return { status: fault.status, code: null, message: 'HTML page' };
  }
  if (fault.kind === 'redirect') {
    response.writeHead(fault.status, { location: fault.location });
    response.end();
    return { status: fault.status, code: null, message: 'Redirect' };
  }
  if (fault.kind === 'stall') return silent('No answer');
  if (fault.kind === 'reset') {
    request.socket.resetAndDestroy();
    return silent('Connection reset');
  }
  return undefined;
}

/** Sends TikTok's verdict, damaged by the fault if it is one of those. */
export function showVerdict(
  verdict: Verdict,
  fault: Fault | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Shown {
  if (fault?.kind === 'reset_after') {
    request.socket.resetAndDestroy();
    return { ...silent('Connection reset after the events were taken'), code: verdict.code };
  }
  if (fault?.kind === 'trickle') trickleAnswer(response, verdict, fault.ms);
  else if (fault?.kind === 'huge') writeHugeAnswer(response, verdict, fault.bytes);
  else writeAnswer(response, verdict);
  return { status: 200, ...verdict };
}

const silent = (message: string): Shown => ({ status: null, code: null, message });
