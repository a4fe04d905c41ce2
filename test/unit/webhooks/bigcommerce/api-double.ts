/** BigCommerce's API, as its reference describes it, on a real HTTP server. */
import { bigcommerce } from '../../../../lib/webhooks/bigcommerce/platform.ts';
import { platformApiDouble } from '../../../support/webhooks/platform-api-double.ts';
import { customer, order, products, storeHash } from './bodies.ts';

export const apiToken = 'lmg7prm3b0fxypwwaja27rtlvqejic0';
/** An order whose products the API does not give. */
export const withoutProducts = 253;
const base = `/stores/${storeHash}`;

/** The customer 32; 33 is no customer, 34 is answered with another shape, 35 with somebody else. */
const customers: Readonly<Record<string, unknown>> = {
  32: { data: [customer()], meta: {} },
  33: { data: [], meta: {} },
  34: [],
  35: { data: [customer()], meta: {} },
};

function find(url: string): unknown {
  const [, customerId = ''] =
    /^\/v3\/customers\?id:in=(\d+)&include=addresses,formfields$/.exec(url.slice(base.length)) ?? [];
  const [, id, sub] = /^\/v2\/orders\/(\d+)(\/products\?limit=200)?$/.exec(url.slice(base.length)) ?? [];
  if (id === undefined) return customers[customerId];
  return sub === undefined ? order({ id: Number(id) }) : products();
}

/** @returns the platform with this server in the place of api.bigcommerce.com, and what the servers were asked */
export const bigcommerceDouble = () =>
  platformApiDouble({
    platform: bigcommerce,
    find: (url) => (url.startsWith(`${base}/`) ? find(url) : undefined),
    refuse: ({ headers, url }) => {
      if (headers['x-auth-token'] !== apiToken) return 401;
      return url?.includes(`/orders/${withoutProducts}/products`) ? 503 : undefined;
    },
  });
