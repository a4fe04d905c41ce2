/** The platforms of the gateway: one import and one line each. */
import { bigcommerce } from './bigcommerce/platform.ts';
import { custom } from './custom/platform.ts';
import { nuvemshop } from './nuvemshop/platform.ts';
import type { Platform } from './platform.ts';
import { shopify } from './shopify/platform.ts';
import { shoplazza } from './shoplazza/platform.ts';
import { standard } from './standard/platform.ts';
import { stripe } from './stripe/platform.ts';
import { woocommerce } from './woocommerce/platform.ts';

/** At least one platform. The order is the one in messages and on the stage `local`. */
export type Platforms = readonly [Platform, ...Platform[]];

export const platforms: Platforms = [
  shopify,
  woocommerce,
  shoplazza,
  stripe,
  bigcommerce,
  nuvemshop,
  standard,
  custom,
];

/** @param name valid in the stage file */
export function platformNamed(name: string, among: Platforms = platforms): Platform {
  const platform = among.find((known) => known.name === name);
  if (platform === undefined) throw new Error(`There is no platform ${name}.`);
  return platform;
}
