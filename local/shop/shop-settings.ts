/**
 * How the demo shop behaves. The server keeps it in memory and writes it into each page, so that the pages need no cookie and
 * no storage for it.
 */
import * as z from 'zod/mini';
import { type Manner, manners } from './pixel/manners.ts';

export const pixelStates = {
  loads: 'loads',
  blocked: 'is blocked',
  absent: 'is not in the page',
} as const;

export interface ShopSettings {
  readonly pixel: keyof typeof pixelStates;
  /** How the stub of TikTok's script takes over the list `ttq`. */
  readonly manner: Manner;
  /** Links change the address and the page stays. */
  readonly singlePage: boolean;
  /** The page starts with `holdConsent` and asks the visitor. */
  readonly askConsent: boolean;
  /** The panel is open. Undefined until somebody opens or closes it: then it is open where there is room beside the shop. */
  readonly panel?: boolean | undefined;
}

export const firstSettings: ShopSettings = {
  pixel: 'loads',
  manner: 'methods',
  singlePage: false,
  askConsent: false,
};

const keysOf = <Key extends string>(texts: Readonly<Record<Key, string>>): Key[] =>
  Object.keys(texts) as Key[];
const changeSchema = z.partial(
  z.strictObject({
    pixel: z.enum(keysOf(pixelStates)),
    manner: z.enum(keysOf(manners)),
    singlePage: z.boolean(),
    askConsent: z.boolean(),
    panel: z.boolean(),
  }),
);

/**
 * @param change what a page posted
 * @returns undefined when a name or a value is unknown
 */
export function changedSettings(settings: ShopSettings, change: unknown): ShopSettings | undefined {
  const read = changeSchema.safeParse(change);
  if (!read.success) return undefined;
  const { pixel = settings.pixel, manner = settings.manner, singlePage = settings.singlePage } = read.data;
  const { askConsent = settings.askConsent, panel = settings.panel } = read.data;
  return { pixel, manner, singlePage, askConsent, panel };
}
