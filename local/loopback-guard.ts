/**
 * The guard of every local port: only programs of this machine, and the pages that the port itself serves, get an
 * answer. Listening on loopback is not enough: every web page can send to it, and the name of a site can point to
 * 127.0.0.1 (DNS rebinding).
 */
import type { IncomingMessage, ServerResponse } from 'node:http';

export interface Refusal {
  readonly code: 'foreign_host' | 'foreign_origin';
  /** What is refused and the remedy; repeats nothing of the request. */
  readonly detail: string;
}

/** What a request says about its sender; a header that is sent twice is in its list twice. */
export interface Caller {
  readonly method: string;
  /** The request target, such as `/v1/events?x=1`. */
  readonly target: string;
  readonly hosts: readonly string[];
  /** `X-Forwarded-Host`: the name before a proxy or tunnel changed `Host`. */
  readonly forwardedHosts: readonly string[];
  readonly origins: readonly string[];
  readonly fetchSites: readonly string[];
  readonly fetchMode: string | undefined;
  readonly fetchDestination: string | undefined;
  /** The port on which the request arrived. */
  readonly port: number;
}

export interface GuardOptions {
  /** Paths that a person may open by a link of another site: pages, and the way back from TikTok. */
  readonly pages?: readonly string[];
  /** The public name of a tunnel (`--host`), in lower case; it reaches webhooks and nothing else. */
  readonly tunnelHost?: string | undefined;
}

const loopbackHost = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::(\d{1,5}))?$/i;
const loopbackOrigin = /^http:\/\/(?:127\.0\.0\.1|localhost|\[::1\])(?::(\d{1,5}))?$/i;
const webhookTarget = /^\/v1\/webhooks\/[^/?#]+(?:\?|$)/;

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

/** @returns undefined for a request that may pass */
export function refusalOf(caller: Caller, options: GuardOptions = {}): Refusal | undefined {
  if (!isOwnHost(caller, options)) return { code: 'foreign_host', detail: hostDetail(caller.port) };
  if (isOwnOrigin(caller) && isOwnSite(caller, options)) return undefined;
  return { code: 'foreign_origin', detail: originDetail(caller.port) };
}

/**
 * Puts the guard in front of a listener.
 * @param refuse answers a request that is refused, in the protocol of the port
 */
export function guarded(
  listener: Listener,
  refuse: (response: ServerResponse, refusal: Refusal, request: IncomingMessage) => void,
  options?: GuardOptions,
): Listener {
  return (request, response) => {
    // No answer of a local port is another type than it says it is, whatever a browser may guess.
    response.setHeader('x-content-type-options', 'nosniff');
    const refusal = refusalOf(callerOf(request), options);
    if (refusal === undefined) listener(request, response);
    else refuse(response, refusal, request);
  };
}

/** A target in absolute form (`GET http://…`) names a host of its own, and no client of ours sends one. */
function isOwnHost({ hosts, forwardedHosts, target }: Caller, { tunnelHost }: GuardOptions): boolean {
  if (hosts.length !== 1 || !target.startsWith('/')) return false;
  const isOwn = (host: string) =>
    loopbackHost.test(host) ||
    (tunnelHost !== undefined && nameOf(host) === tunnelHost && webhookTarget.test(target));
  return [...hosts, ...forwardedHosts].every(isOwn);
}

/** Of a loopback host without a port the port of http, which origins leave out. */
const portOf = (host: string): string | undefined => loopbackHost.exec(host)?.[1];

const nameOf = (host: string): string => host.toLowerCase().replace(/:\d{1,5}$/, '');

/**
 * A page of another port of this machine is foreign, too. The port is that of `Host`, which a page cannot choose: it
 * differs from the listening port where a developer forwards another one.
 */
function isOwnOrigin({ origins, hosts, port }: Caller): boolean {
  const ports = [portOf(hosts[0] ?? ''), String(port)];
  return origins.every((origin) => {
    const match = loopbackOrigin.exec(origin);
    return match !== null && ports.includes(match[1]);
  });
}

/** Browsers send no `Origin` with images, scripts, frames and links; they send `Sec-Fetch-Site` with all of them. */
function isOwnSite(caller: Caller, { pages = [] }: GuardOptions): boolean {
  if (caller.fetchSites.every((site) => site === 'same-origin' || site === 'none')) return true;
  const { method, fetchMode, fetchDestination, target } = caller;
  const isOpenedByPerson = method === 'GET' && fetchMode === 'navigate' && fetchDestination === 'document';
  return isOpenedByPerson && pages.includes(target.split('?', 1)[0] ?? '');
}

const hostDetail = (port: number): string =>
  `This port answers to the hosts 127.0.0.1, localhost and [::1] only: use http://127.0.0.1:${port}. ` +
  'A tunnel reaches /v1/webhooks/<source> only, after npm start -- --host <name of the tunnel>.';

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
