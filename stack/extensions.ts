/** The settings of the stack that serverless.yml cannot express. */
import type { StageSettings } from '../lib/config/stage.ts';
import { routeId, throttledRoutes } from './api/routes.ts';
import { compiled, functionsOf } from './names.ts';

export function extensions(stage: StageSettings) {
  const { throttle } = stage.api;
  const limit = ({ perSecond, burst }: { readonly perSecond: number; readonly burst: number }) => ({
    ThrottlingRateLimit: perSecond,
    ThrottlingBurstLimit: burst,
  });
  const routes = throttledRoutes(stage);
  // A release must not accept events before its consumer exists.
  const afterDeliver = { DependsOn: [compiled.function('deliver'), compiled.mapping] };
  return {
    [compiled.function('ingest')]: { ...afterDeliver, ...reserved(stage, 'ingest') },
    [compiled.function('webhook')]: { ...afterDeliver, ...reserved(stage, 'webhook') },
    ...(stage.collect && {
      [compiled.function('collect')]: { ...afterDeliver, ...reserved(stage, 'collect') },
    }),
    ...(functionsOf(stage).includes('sync') && {
      // A long run continues in another run of the same function, which Lambda would take for an endless loop.
      [compiled.function('sync')]: { ...afterDeliver, Properties: { RecursiveLoop: 'Allow' } },
    }),
    [compiled.apiStage]: {
      // API Gateway rejects limits of a route that does not exist yet.
      DependsOn: routes.map(({ key }) => routeId(key)),
      Properties: {
        DefaultRouteSettings: { DetailedMetricsEnabled: false, ...limit(throttle.default) },
        RouteSettings: Object.fromEntries(
          routes.map((route) => [route.key, limit(throttle[route.throttle])]),
        ),
      },
    },
  };
}

/** Set here and not in serverless.yml, where a setting cannot be absent. */
function reserved({ reservedConcurrency }: StageSettings, name: 'ingest' | 'webhook' | 'collect') {
  const runs = reservedConcurrency?.[name];
  return runs === undefined ? {} : { Properties: { ReservedConcurrentExecutions: runs } };
}
