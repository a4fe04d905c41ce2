/** The header `Origin` of a request: which pages a stage lets use its collector, and which cookies they can keep. */

/** A port of this machine, in the list of `npm start` only: no stage file can name one. */
const anyPort = ':*';

/**
 * @param origin undefined or `null`, as a sandboxed frame sends it, never matches
 * @param allowed exact origins, or such as `http://localhost:*`
 */
export function isAllowedOrigin(origin: string | undefined, allowed: readonly string[]): boolean {
  if (origin === undefined || origin === 'null') return false;
  return allowed.some((entry) =>
    entry.endsWith(anyPort)
      ? origin.replace(/:\d{1,5}$/, '') === entry.slice(0, -anyPort.length)
      : entry === origin,
  );
}

/** Whether the pages of an origin can keep a cookie of this domain. */
export function isBelow(origin: string, domain: string): boolean {
  const host = URL.parse(origin)?.hostname ?? '';
  return host === domain || host.endsWith(`.${domain}`);
}
