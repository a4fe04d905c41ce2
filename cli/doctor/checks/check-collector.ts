/** The collector of a stage: its script is served, and a landing gets the cookies that a browser can keep. */
import { isAllowedOrigin, isBelow } from '../../../lib/collect/origins.ts';
import type { CollectSettings } from '../../../lib/collect/settings.ts';
import type { DoctorCheck } from '../context.ts';
import { type Finding, fine, problem, warning } from '../finding.ts';

const timeoutMs = 10_000;
const guide = 'docs/sources/browser.md#where-the-gateway-answers';
/** A request without a browser's name is a bot's, and gets no cookie. */
const browser =
  'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36';
/** The form that the script proposes; nobody has this id. */
const visitorId = '01DOCTOR00000000000000000A_.tt.1';

export const checkCollector: DoctorCheck = async ({ stage, settings }) => {
  const { collect } = await settings();
  if (collect === undefined) return [];
  const apiUrl = await stage.apiUrl();
  // `npm start` allows the pages of this machine, on any port: its own demo shop is one of them.
  const own = new URL(apiUrl).origin;
  const origin = isAllowedOrigin(own, collect.origins) ? own : (collect.origins[0] ?? own);
  // On the shop's own host, its CDN forwards the paths of the collector.
  const base = (await servesScript(origin)) ? origin : apiUrl;
  if (base === apiUrl && !(await servesScript(apiUrl)))
    return [
      problem(
        'collector',
        `${apiUrl}/v1/browser.js is not served.`,
        `Deploy the stage: its file has the section collect. ${guide}`,
      ),
    ];
  return [fine('collector', `${base}/v1/browser.js is served.`), await checkLanding(base, origin, collect)];
};

async function servesScript(base: string): Promise<boolean> {
  const response = await ask(`${base}/v1/browser.js`);
  await response?.body?.cancel();
  return response?.status === 200 && /javascript/.test(response.headers.get('content-type') ?? '');
}

async function checkLanding(
  base: string,
  origin: string,
  { cookieDomain }: CollectSettings,
): Promise<Finding> {
  const response = await ask(`${base}/v1/collect`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain;charset=UTF-8', origin, 'user-agent': browser },
    body: JSON.stringify({ v: 1, u: `${origin}/`, p: visitorId, e: [] }),
  });
  const hasCookie = response?.headers.getSetCookie().some((cookie) => cookie.startsWith('_ttp=')) ?? false;
  if (!hasCookie)
    return problem(
      'collector cookies',
      `A landing on ${origin} gets no cookie (${response === undefined ? 'no answer' : `HTTP ${response.status}`}).`,
      `Is ${origin} in collect.origins of the deployed stage, and does its CDN pass Origin and Set-Cookie on? ${guide}`,
    );
  return base === origin || (cookieDomain !== undefined && isBelow(base, cookieDomain))
    ? fine('collector cookies', `A landing on ${origin} gets its cookies.`)
    : lostCookies(base, origin);
}

function lostCookies(base: string, origin: string): Finding {
  if (siteOf(base) === siteOf(origin))
    return warning(
      'collector cookies',
      `The cookies belong to ${base} alone: the pages of ${origin} cannot read them, and cannot delete them.`,
      'Set collect.cookieDomain to the domain that both hosts share, and deploy.',
    );
  return warning(
    'collector cookies',
    `No browser keeps the cookies: ${base} is another site than ${origin}.`,
    `Let the gateway answer on a host of the shop: ${guide}`,
  );
}

/** The last two labels of the host: right for all but suffixes such as co.uk, whose sites all look like one. */
const siteOf = (url: string): string => new URL(url).hostname.split('.').slice(-2).join('.');

const ask = (url: string, init: RequestInit = {}): Promise<Response | undefined> =>
  fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) }).catch(() => undefined);
