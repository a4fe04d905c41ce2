/** The collector of a stage: its script is served, and a landing gets the cookies that a browser can keep. */
import { isBelow } from '../../../lib/collect/origins.ts';
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
  // A stage file names exact origins; `npm start` allows those of this machine, on any port.
  const origin = collect.origins.find((each) => !each.endsWith(':*')) ?? new URL(apiUrl).origin;
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
  if (base !== origin && !isBelow(base, cookieDomain ?? new URL(origin).hostname))
    return warning(
      'collector cookies',
      `No browser keeps the cookies: ${base} is another site than ${origin}.`,
      `Let the gateway answer on a host of the shop: ${guide}`,
    );
  return fine('collector cookies', `A landing on ${origin} gets its cookies.`);
}

const ask = (url: string, init: RequestInit = {}): Promise<Response | undefined> =>
  fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) }).catch(() => undefined);
