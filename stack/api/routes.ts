/** The routes of the HTTP API that have their own throttle: one for each source, so that no source slows down another. */
import { StageError } from '../../lib/config/read-stage.ts';
import type { StageSettings } from '../../lib/config/stage.ts';
import { stageFileName } from '../../lib/config/stage-file.ts';
import { platformNamed } from '../../lib/webhooks/platforms.ts';

type Throttle = Exclude<keyof StageSettings['api']['throttle'], 'default'>;

export interface Route {
  /** Method and path, such as `POST /v1/events`. */
  readonly key: string;
  readonly throttle: Throttle;
}

interface WebhookSources {
  readonly sources: Readonly<Record<string, Pick<StageSettings['sources'][string], 'platform'>>>;
}

const oauthRoutes: readonly Route[] = [
  { key: 'GET /v1/oauth/start', throttle: 'oauth' },
  { key: 'GET /v1/oauth/callback', throttle: 'oauth' },
];

/** The preflight of a page: API Gateway answers none by itself without a `cors` block. */
const preflight: Route = { key: 'OPTIONS /v1/events', throttle: 'events' };

/** The routes of POST /v1/events. */
export const ingestRoutes = ({ api }: Pick<StageSettings, 'api'>): Route[] => [
  { key: 'POST /v1/events', throttle: 'events' },
  ...(api.corsOrigins.length > 0 ? [preflight] : []),
];

/** Each has a limit of its own, so that a flood of events leaves the script alone. A stage without a collector has none. */
export const collectRoutes = ({ collect }: { readonly collect?: object | undefined }): Route[] =>
  collect === undefined
    ? []
    : [
        { key: 'POST /v1/collect', throttle: 'collect' },
        { key: 'OPTIONS /v1/collect', throttle: 'collect' },
        { key: 'GET /v1/browser.js', throttle: 'collect' },
        { key: 'GET /v1/browser/{file}', throttle: 'collect' },
      ];

/**
 * Matches `/v1/webhooks/shop/` too: API Gateway distinguishes that address from the one without the slash, and deploys no
 * route that ends with one (github.com/storacha/w3infra/pull/166). One route serves the senders of all sources.
 */
const withSlash: Route = { key: 'POST /v1/webhooks/{source}/{proxy+}', throttle: 'webhooks' };

/** A stage without sources has no webhook route: API Gateway answers 404 and no function runs. */
export const webhookRoutes = (stage: WebhookSources): Route[] => {
  const own = sourceRoutes(stage);
  return own.length > 0 ? [...own, withSlash] : own;
};

const sourceRoutes = ({ sources }: WebhookSources): Route[] =>
  Object.entries(sources).flatMap(([name, { platform }]) =>
    platformNamed(platform).methods.map(
      (method): Route => ({ key: `${method} /v1/webhooks/${name}`, throttle: 'webhooks' }),
    ),
  );

/** API Gateway allows 300 routes per API (quota "Routes per API"); the rest is for the gateway's fixed routes. */
const maximumWebhookRoutes = 280;

/** @throws StageError when sources need too many routes, or two of them the same logical id */
export function checkWebhookRoutes(stage: Pick<StageSettings, 'sources'>, stageName: string): void {
  const routes = sourceRoutes(stage);
  const failure = (fault: string) => new StageError(`${stageFileName(stageName)}: ${fault}`);
  if (routes.length > maximumWebhookRoutes) {
    throw failure(
      `the sources need ${routes.length} routes, and one API has room for ${maximumWebhookRoutes}. ` +
        'Move some sources to a stage of their own.',
    );
  }
  const names = new Map<string, string>();
  for (const name of Object.keys(stage.sources)) {
    const other = names.get(routeId(name));
    if (other !== undefined) {
      throw failure(
        `sources.${other} and sources.${name} are too much alike for CloudFormation, which ignores case and _ ` +
          'in the name of a route. Rename one of them.',
      );
    }
    names.set(routeId(name), name);
  }
}

export const throttledRoutes = (stage: Pick<StageSettings, 'api' | 'collect' | 'sources'>): Route[] => [
  ...ingestRoutes(stage),
  ...oauthRoutes,
  ...collectRoutes(stage),
  ...webhookRoutes(stage),
];

/**
 * The logical id that osls makes of a route (`normalizePath` in its lib/plugins/aws/lib/naming.js). It drops case and
 * `_`, so two sources can get the same one; `checkWebhookRoutes` rejects such a pair.
 */
export const routeId = (key: string): string => `HttpApiRoute${key.split('/').map(routeIdPart).join('')}`;

function routeIdPart(part: string): string {
  const spelled = part
    .toLowerCase()
    .replaceAll('-', 'Dash')
    .replaceAll(/[{](.*)[}]/g, '$1Var')
    .replaceAll(/[^0-9A-Za-z]/g, '');
  return spelled.charAt(0).toUpperCase() + spelled.slice(1);
}
