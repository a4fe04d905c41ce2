/** Everything that osls cannot say in serverless.yml, in this one place. */
import type { Stage } from '../lib/config/stage.ts';
import { compiled } from './names.ts';

const routes = {
  'POST /v1/events': { id: 'HttpApiRoutePostV1Events', throttle: 'events' },
  'POST /v1/webhooks/{source}': { id: 'HttpApiRoutePostV1WebhooksSourceVar', throttle: 'webhooks' },
  'GET /v1/webhooks/{source}': { id: 'HttpApiRouteGetV1WebhooksSourceVar', throttle: 'webhooks' },
  'HEAD /v1/webhooks/{source}': { id: 'HttpApiRouteHeadV1WebhooksSourceVar', throttle: 'webhooks' },
  'GET /v1/oauth/start': { id: 'HttpApiRouteGetV1OauthStart', throttle: 'oauth' },
  'GET /v1/oauth/callback': { id: 'HttpApiRouteGetV1OauthCallback', throttle: 'oauth' },
} as const;

export function extensions({ api }: Stage) {
  const limit = ({ perSecond, burst }: { readonly perSecond: number; readonly burst: number }) => ({
    ThrottlingRateLimit: perSecond,
    ThrottlingBurstLimit: burst,
  });
  const perRoute = Object.entries(routes).map(([key, route]) => [key, limit(api.throttle[route.throttle])]);
  // An event must never be accepted by a release whose consumer is not there yet to read it.
  const afterDeliver = { DependsOn: [compiled.function('deliver'), compiled.mapping] };
  return {
    [compiled.function('ingest')]: afterDeliver,
    [compiled.function('webhook')]: afterDeliver,
    [compiled.apiStage]: {
      // API Gateway refuses limits of a route that does not exist yet.
      DependsOn: Object.values(routes).map((route) => route.id),
      Properties: {
        DefaultRouteSettings: { DetailedMetricsEnabled: false, ...limit(api.throttle.default) },
        RouteSettings: Object.fromEntries(perRoute),
      },
    },
  };
}
