/** Makes of each caught call what it means: an event, an identity, an option or a decision of the visitor. */
import type { Call } from './globals.ts';
import { consent, decide } from './send.ts';
import { tab } from './tab.ts';

type Fields = Record<string, unknown>;

let identity: Fields | undefined;
/** Options of `ttq.load` by pixel code; TikTok's base code keeps them too. */
const options: Fields = { ...Object(window.ttq)._o };
const seen: Fields = {};

/** A copy that later changes of the page do not reach; nothing when JSON cannot show it, such as a circle. */
function copy(value: unknown, keys?: string[]): Fields | undefined {
  try {
    const text = JSON.stringify(value, keys);
    if (text[0] === '{') return JSON.parse(text);
  } catch {}
  return undefined;
}

/** 1 when the page loaded that pixel, or any for an event of all, with `limited_data_use`. */
function limited(code: unknown): 1 | undefined {
  for (const each in options)
    if ((!code || code === each) && Object(options[each]).limited_data_use) return 1;
  return undefined;
}

/** Never throws, whatever the page gave. */
export function receive({ n, i, a, x, t, u }: Call): void {
  try {
    const [first, second, third] = a;
    if (i) {
      const code = x || Object(third).pixel_code;
      // TikTok's script can play its queue through the public methods, and for each pixel: the ids of that are known.
      // One that JSON cannot show, such as a BigInt, throws here: it would stop all that waits with it.
      const keyOf = (pixel?: unknown): string => JSON.stringify([n, i, pixel]);
      const key = keyOf(code);
      if (typeof n !== 'string' || seen[keyOf()] || seen[key] || consent === 'revokeConsent') return;
      seen[key] = 1;
      tab.e.push({ n, i, t, d: copy(second), m: identity, x: code, l: limited(code), u: u.split('#')[0] });
    } else if (n === 'identify')
      identity = { ...identity, ...copy(first, ['email', 'phone_number', 'external_id']) };
    else if (n === 'load') options[`${first}`] = second;
    else decide(`${n}`);
  } catch {}
}
