/** Asks the gateway of `npm start` which sources it has. */

import { isLoopbackUrl } from '../../../lib/schema/base-url.ts';
import { isObject } from '../../../lib/schema/is-object.ts';

export interface LocalInfo {
  /** Settings by name, as in a stage file. */
  readonly sources?: Readonly<Record<string, unknown>>;
  readonly destinations?: Readonly<Record<string, unknown>>;
  /** The stage whose file it runs. */
  readonly stage?: string;
}

const timeoutMs = 2_000;

/** @returns undefined when no gateway answers at this address of this machine; a program of another kind gives no sources */
export async function readLocalInfo(apiUrl: string): Promise<LocalInfo | undefined> {
  if (!isLoopbackUrl(apiUrl)) return undefined;
  try {
    const response = await fetch(`${apiUrl}/_sandbox/info`, {
      signal: AbortSignal.timeout(timeoutMs),
      redirect: 'error',
    });
    const info: unknown = response.ok ? await response.json() : undefined;
    if (!isObject(info)) return undefined;
    const { sources, destinations, stage } = info;
    return {
      ...(isObject(sources) && { sources }),
      ...(isObject(destinations) && { destinations }),
      ...(typeof stage === 'string' && { stage }),
    };
  } catch {
    return undefined;
  }
}
