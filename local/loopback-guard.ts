/**
 * The guard of every local port: it only lets programs on this machine and the port's own pages through. Listening on
 * loopback is not enough, because every web page can send requests to it and the name of a site can resolve to
 * 127.0.0.1 (DNS rebinding).
 */
import type { IncomingMessage, ServerResponse } from 'node:http';

export interface Refusal {
  readonly code: 'foreign_host' | 'foreign_origin';
  /** The cause and the remedy; repeats nothing of the request. */
  readonly detail: string;
}

/** The parts of a request that identify its sender; the list of a header has one entry for each time it was sent. */
export interface Caller {
  readonly method: string;
  /** The request target, such as `/v1/events?x=1`. */
  readonly target: string;
  readonly hosts: readonly string[];
  /** `X-Forwarded-Host`: the host before a proxy or tunnel changed `Host`. */
  readonly forwardedHosts: readonly string[];
  readonly origins: readonly string[];
  readonly fetchSites: readonly string[];
  readonly fetchMode: string | undefined;
  readonly fetchDestination: string | undefined;
  /** The port on which the request arrived. */
  readonly port: number;
}

export interface GuardOptions {
  /** Paths that a link on another site may open: pages, and the redirect back from TikTok. */
  readonly pages?: readonly string[];
  /** The public name of a tunnel (`--host`), in lower case; it reaches webhooks and the collector only. */
  readonly tunnelHost?: string | undefined;
}

const loopbackHost = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::(\d{1,5}))?$/i;
const loopbackOrigin = /^http:\/\/(?:127\.0\.0\.1|localhost|\[::1\])(?::(\d{1,5}))?$/i;
const webhookTarget = /^\/v1\/webhooks\/[^/?#]+(?:\?|$)/;
/** Pages of other origins use these; the function judges `Origin` by the stage's own list. */
const browserTarget = /^\/v1\/(?:collect|browser\.js|browser\/[^/?#]+)(?:\?|$)/;

/** Addresses that check their callers themselves. */
const isForTunnel = (target: string): boolean => webhookTarget.test(target) || browserTarget.test(target);

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

/** @returns the refusal of a request, or undefined when it may pass */
export function refusalOf(caller: Caller, options: GuardOptions = {}): Refusal | undefined {
  if (!isOwnHost(caller, options)) return { code: 'foreign_host', detail: hostDetail(caller.port) };
  if (browserTarget.test(caller.target)) return undefined;
  if (isOwnOrigin(caller) && isOwnSite(caller, options)) return undefined;
  return { code: 'foreign_origin', detail: originDetail(caller.port) };
}

/**
 * Puts the guard in front of a listener.
 * @param refuse answers a refused request in the protocol of the port
 */
export function guarded(
  listener: Listener,
  refuse: (response: ServerResponse, refusal: Refusal, request: IncomingMessage) => void,
  options?: GuardOptions,
): Listener {
  return (request, response) => {
    // A browser must not guess another type than the answer declares.
    response.setHeader('x-content-type-options', 'nosniff');
    const refusal = refusalOf(callerOf(request), options);
    if (refusal === undefined) listener(request, response);
    else refuse(response, refusal, request);
  };
}

/** A target in absolute form (`GET http://…`) contains a second host; no client of the gateway sends one. */
function isOwnHost({ hosts, forwardedHosts, target }: Caller, { tunnelHost }: GuardOptions): boolean {
  if (hosts.length !== 1 || !target.startsWith('/')) return false;
  const isOwn = (host: string) =>
    loopbackHost.test(host) ||
    (tunnelHost !== undefined && nameOf(host) === tunnelHost && isForTunnel(target));
  return [...hosts, ...forwardedHosts].every(isOwn);
}

/** @returns the port of a loopback host; undefined means the default port of http, which origins omit */
const portOf = (host: string): string | undefined => loopbackHost.exec(host)?.[1];

const nameOf = (host: string): string => host.toLowerCase().replace(/:\d{1,5}$/, '');

/**
 * A page on another port of this machine is foreign too. The port may be that of `Host`, which a page cannot choose:
 * it differs from the listening port when a developer forwards another port.
 */
function isOwnOrigin({ origins, hosts, port }: Caller): boolean {
  const ports = [portOf(hosts[0] ?? ''), String(port)];
  return origins.every((origin) => {
    const match = loopbackOrigin.exec(origin);
    return match !== null && ports.includes(match[1]);
  });
}

/** Browsers send no `Origin` with images, scripts, frames and links, but they send `Sec-Fetch-Site` with all of them. */
function isOwnSite(caller: Caller, { pages = [] }: GuardOptions): boolean {
  if (caller.fetchSites.every((site) => site === 'same-origin' || site === 'none')) return true;
  const { method, fetchMode, fetchDestination, target } = caller;
  const isOpenedByPerson = method === 'GET' && fetchMode === 'navigate' && fetchDestination === 'document';
  return isOpenedByPerson && pages.includes(target.split('?', 1)[0] ?? '');
}

const hostDetail = (port: number): string =>
  `This port answers to the hosts 127.0.0.1, localhost and [::1] only: use http://127.0.0.1:${port}. ` +
  'A tunnel reaches /v1/webhooks/<source>, /v1/collect and /v1/browser.js only, after npm start -- --host <name of the tunnel>.';

const originDetail = (port: number): string =>
  'A web page of another origin cannot use this port: send the request from a program, ' +
  `or from a page of http://127.0.0.1:${port}.`;

function callerOf({ method, url, headersDistinct, socket }: IncomingMessage): Caller {
  const all = (name: string): readonly string[] => headersDistinct[name] ?? [];
  return {
    method: method ?? '',
    target: url ?? '',
    hosts: all('host'),
    forwardedHosts: all('x-forwarded-host'),
    origins: all('origin'),
    fetchSites: all('sec-fetch-site'),
    fetchMode: all('sec-fetch-mode')[0],
    fetchDestination: all('sec-fetch-dest')[0],
    port: socket.localPort ?? 0,
  };
}
