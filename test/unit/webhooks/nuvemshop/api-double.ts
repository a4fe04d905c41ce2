/** Nuvemshop's API, as its reference describes it, on a real HTTP server. */
import { nuvemshop } from '../../../../lib/webhooks/nuvemshop/platform.ts';
import { platformApiDouble } from '../../../support/webhooks/platform-api-double.ts';
import { customer, order, storeId } from './bodies.ts';

export const apiToken = 'b50de4ed5c4d26b5d2f1a9ea9a2d1d3ab1c0d9e8';

function find(url: string): unknown {
  const [, kind, id] = new RegExp(`^/v1/${storeId}/(orders|customers)/(\\d+)$`).exec(url) ?? [];
  if (kind === 'customers') return id === '112' ? customer() : undefined;
  return kind === undefined ? undefined : order({ id: Number(id) });
}

/** @returns the platform with this server in the place of api.nuvemshop.com.br, and what the servers were asked */
export const nuvemshopDouble = () =>
  platformApiDouble({
    platform: nuvemshop,
    find,
    refuse: ({ headers }) => {
      // "MyApp (name@email.com)": the name of the app, and a way to reach its maker.
      if (!/^.+ \(.+\)$/.test(headers['user-agent'] ?? '')) return 400;
      return headers.authentication === `bearer ${apiToken}` ? undefined : 401;
    },
  });
