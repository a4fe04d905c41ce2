/** Makes of each caught call what it means: an event, an identity, an option or a decision of the visitor. */
import { consent, setConsent } from './consent.ts';
import type { Call } from './globals.ts';
import { forget } from './send.ts';
import { tab } from './tab.ts';

type Fields = Record<string, unknown>;

let identity: Fields | undefined;
/** Options of `ttq.load` by pixel code; TikTok's base code keeps them too. */
const options: Fields = { ...Object(window.ttq)._o };
const seen: Fields = {};

/** A copy that later changes of the page do not reach; nothing when JSON cannot show it, such as a circle. */
function copy(value: unknown): Fields | undefined {
  try {
    const text = JSON.stringify(value);
    return text[0] === '{' ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}

export function receive(call: Call): void {
  const { k } = call;
  const [first, second] = call.a;
  if (k === 'track') track(call);
  if (k === 'identify') identify(Object(first));
  if (k === 'load') options[`${first}`] = second;
  if (/Consent/.test(k)) setConsent(k);
  if (k === 'revokeConsent') forget();
}

function track({ n, i, a, x, t, u }: Call): void {
  const code = x || Object(a[2]).pixel_code;
  // TikTok's script can play its queue through the public methods, and for each pixel: the ids of that are known.
  // One that JSON cannot show, such as a BigInt, throws here: it would stop all that waits with it.
  const event = JSON.stringify([n, i]);
  const key = JSON.stringify([n, i, code]);
  if (typeof n !== 'string' || !i || seen[event] || seen[key] || consent === 'revokeConsent') return;
  seen[code ? key : event] = 1;
  const isLimited = (each: string) => Object(options[each]).limited_data_use && (!code || code === each);
  const l = Object.keys(options).some(isLimited) ? 1 : undefined;
  tab.e.push({ n, i, t, d: copy(a[1]), m: identity, x: code, l, u: u.split('#')[0] });
}

function identify(given: Fields): void {
  const { email, phone_number, external_id } = given;
  identity = { ...identity, ...copy({ email, phone_number, external_id }) };
}
