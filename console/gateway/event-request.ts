/** Requests that the console sends to the API of this machine: the event of a row again, and made-up events. */
import { randomUUID } from 'node:crypto';
import type { QueueMessage } from '../../lib/queue/message.ts';
import { shellQuote } from '../../local/shell-quote.ts';

export interface EventRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

interface Api {
  readonly url: string;
  readonly apiKey: string;
}

export const eventRequest = ({ url, apiKey }: Api, event: object): EventRequest => ({
  url: `${url}/v1/events`,
  headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
  body: JSON.stringify(event),
});

/**
 * The event of a message as its sender could have posted it: with the same id, so that TikTok counts it once.
 * @param isConsentRequired a webhook's event was accepted by the consent of its source, which the API cannot see
 */
export const eventOf = (
  { event, destination }: Pick<QueueMessage, 'event' | 'destination'>,
  isConsentRequired: boolean,
): object => ({ ...(isConsentRequired && { consent: 'granted' }), ...event, destination });

/** A longer text is no argument of a process: Linux takes 128 KiB. */
const maxArgumentLength = 30_000;

/** @returns a command for a POSIX shell */
export function curlOf({ url, headers, body }: EventRequest): string {
  const isShort = body.length <= maxArgumentLength;
  const command = [
    `curl -sS ${shellQuote(url)}`,
    ...Object.entries(headers).map(([name, value]) => `-H ${shellQuote(`${name}: ${value}`)}`),
    isShort ? `-d ${shellQuote(body)}` : '--data-binary @-',
  ].join(' ');
  // `printf` is part of the shell.
  return isShort ? command : `printf %s ${shellQuote(body)} | ${command}`;
}

export const freshId = (): string => `sample-${randomUUID()}`;
