/** Asks the gateway of `npm start` what it is and what it runs. */
import { isObject } from '../../lib/schema/is-object.ts';

const timeoutMs = 2_000;

/** @returns the answer of `GET /_sandbox/info`; an empty object when no gateway answers */
export async function readLocalInfo(apiUrl: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    const response = await fetch(`${apiUrl}/_sandbox/info`, {
      signal: AbortSignal.timeout(timeoutMs),
      redirect: 'error',
    });
    const info: unknown = response.ok ? await response.json() : {};
    return isObject(info) ? info : {};
  } catch {
    return {};
  }
}
