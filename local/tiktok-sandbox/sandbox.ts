/**
 * A local TikTok: the Events API and the OAuth of the Marketing API, with TikTok's checks, codes and messages, and with
 * faults on demand. It runs below a path of another server or on its own port.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { refuseWithProblem } from '../api-gateway/http-response.ts';
import { guarded } from '../loopback-guard.ts';
import { closeServer, listenOnLoopback } from '../loopback-server.ts';
import { answerControl } from './control.ts';
import { createFaultList, type FaultList } from './faults/fault-list.ts';
import { type Advertiser, createGrants, type OauthApp } from './oauth/grants.ts';
import { oauthEndpoints } from './oauth/oauth.ts';
import { createRequestLog, type RequestLog } from './request-log.ts';
import { createEventCounts, type EventCounts } from './stats/event-counts.ts';
import { statsEndpoints } from './stats/stats.ts';
import { createDeduplication } from './track/deduplication.ts';
import { answerTrack, type OnAccepted, type OnReceived, trackPath } from './track/track.ts';
import { writeText } from './write-answer.ts';

export interface SandboxSettings {
  /** Access tokens that are valid from the start. */
  readonly tokens: readonly string[];
  /** Event source ids (pixel codes) that these tokens may send events to. */
  readonly pixels: readonly string[];
  readonly apps?: readonly OauthApp[];
  readonly advertisers?: readonly Advertiser[];
  /** Milliseconds since 1970; tests move it. */
  readonly now?: () => number;
  readonly onAccepted?: OnAccepted;
  readonly onReceived?: OnReceived;
}

type Listener = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export interface Sandbox {
  /** Answers TikTok's paths; the URL of the request must start with one. */
  readonly answerTikTok: Listener;
  /** Answers `/_sandbox/requests`, `/_sandbox/faults` and `/_sandbox/stats`. */
  readonly answerControl: Listener;
  readonly log: RequestLog;
  readonly faults: FaultList;
  /** What TikTok's statistics count. */
  readonly counts: EventCounts;
  /** Valid tokens; OAuth adds the tokens it issues and removes those it revokes. */
  readonly tokens: Set<string>;
  /** Event source ids that the tokens may send to. */
  readonly pixels: Set<string>;
}

export function createSandbox(settings: SandboxSettings): Sandbox {
  const { apps = [], advertisers = [], now = Date.now } = settings;
  const tokens = new Set(settings.tokens);
  const pixels = new Set(settings.pixels);
  const faults = createFaultList();
  const log = createRequestLog();
  const deduplication = createDeduplication(now);
  const counts = createEventCounts(now);
  const grants = createGrants(tokens, now);
  const oauth = { apps, advertisers, tokens, grants, faults };
  const stats = { advertisers, tokens, pixels, grants, faults, counts, now };
  const { onAccepted, onReceived } = settings;
  const observers = { ...(onAccepted && { onAccepted }), ...(onReceived && { onReceived }) };
  const track = { tokens, pixels, faults, deduplication, counts, now, log, ...observers };

  async function answerTikTok(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
    const route = `${request.method} ${path}`;
    if (route === `POST ${trackPath}`) return answerTrack(request, response, track);
    const endpoint = oauthEndpoints.get(route);
    if (endpoint) return endpoint(request, response, oauth);
    const statistics = statsEndpoints.get(route);
    if (statistics) return statistics(request, response, stats);
    // TikTok's gateway gives this answer when the trailing slash is missing: plain text without a code.
    writeText(response, 404, 'plain', '404 page not found');
  }

  return {
    answerTikTok,
    answerControl: (request, response) =>
      answerControl(request, response, { faults, log, deduplication, counts, pixels, now }),
    log,
    faults,
    counts,
    tokens,
    pixels,
  };
}

/** Starts a sandbox on its own port: TikTok at `/`, control at `/_sandbox/*`. Port 0, the default, takes a free one. */
export async function startSandbox(settings: SandboxSettings & { port?: number }) {
  const sandbox = createSandbox(settings);
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    const isControl = request.url?.startsWith('/_sandbox/') === true;
    const answer = isControl ? sandbox.answerControl : sandbox.answerTikTok;
    answer(request, response).catch(() => response.destroy());
  };
  const server = createServer(guarded(listener, refuseWithProblem, { pages: ['/portal/auth'] }));
  const url = await listenOnLoopback(server, settings.port ?? 0);
  return { ...sandbox, url, stop: () => closeServer(server) };
}
