/** A stage with the deployed oauth function, its secrets and TikTok's sandbox, and browsers that walk through it. */
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, vi } from 'vitest';
import { newConnectLink } from '../../../lib/oauth/connect-link.ts';
import { createHttpApi } from '../../../local/api-gateway/http-api.ts';
import type { Invoke } from '../../../local/lambda/invoke-function.ts';
import { closeServer, listenOnLoopback } from '../../../local/loopback-server.ts';
import { startSecretsManager } from '../../../local/secrets-manager/secrets-manager.ts';
import { startSandbox } from '../../../local/tiktok-sandbox/sandbox.ts';

export const prefix = 'tiktok-events/test';
export const oauthApp = { app_id: '7000000000000000000', secret: 'app-secret-canary' };
/** Above 2^53 and odd, so that rounding would show; the name must not become markup. */
export const advertiser = { advertiser_id: '7000000000000000001', advertiser_name: 'Shop <b>& Co' };
export const allScopes = ['5', '7224195155857866754', '10'];

/** The clock of the function, so that no test waits: strangers cause one read of the link a second. */
let aheadMs = 0;
const passSeconds = (seconds: number): void => {
  aheadMs += seconds * 1_000;
};

type OauthStage = Awaited<ReturnType<typeof startOauthStage>>;

async function startOauthStage() {
  const realNow = Date.now;
  const clock = vi.spyOn(Date, 'now').mockImplementation(() => realNow() + aheadMs);
  const secrets = await startSecretsManager('us-east-1');
  const sandbox = await startSandbox({
    tokens: [],
    pixels: ['P1'],
    apps: [oauthApp],
    advertisers: [advertiser],
  });
  Object.assign(process.env, {
    STAGE: 'test',
    SECRETS_PREFIX: prefix,
    TIKTOK_API_URL: sandbox.url,
    DESTINATIONS: '{"default":{"pixelCode":"P1"},"unmade":{"pixelCode":"P2"}}',
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.url,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    POWERTOOLS_SERVICE_NAME: 'tiktok-events',
    POWERTOOLS_METRICS_NAMESPACE: 'TikTokEvents',
  });
  const { handler } = await import('../../../functions/oauth.ts');
  const oauth = {
    name: 'oauth',
    // The chain's own type asks for what its middlewares add to the context.
    invoke: handler as unknown as Invoke<APIGatewayProxyEventV2>,
    timeoutMs: 25_000,
  };
  const routes = new Map([
    ['GET /v1/oauth/start', oauth],
    ['GET /v1/oauth/callback', oauth],
  ]);
  const api = createHttpApi({ routes });
  const server = createServer((request, response) => void api(request, response));
  const url = await listenOnLoopback(server, 0);
  return {
    url,
    secrets,
    sandbox,
    reset() {
      passSeconds(5);
      secrets.heal();
      sandbox.faults.clear();
      secrets.set(`${prefix}/oauth-app`, oauthApp);
      secrets.set(`${prefix}/destinations/default`, '{}');
      secrets.set(`${prefix}/connect`, '{}');
    },
    /** Makes a link the way the operator's command does. @returns its address */
    openLink(destination = 'default', ageMs = 0) {
      passSeconds(1);
      const nonce = randomBytes(32).toString('base64url');
      secrets.set(`${prefix}/connect`, newConnectLink(nonce, destination, Date.now() - ageMs));
      return `${url}/v1/oauth/start?link=${nonce}`;
    },
    passSeconds,
    stored: () => JSON.parse(secrets.get(`${prefix}/destinations/default`) ?? 'null'),
    /** Writes to secrets since the first `from` calls. */
    writes: (from = 0) => secrets.calls.slice(from).filter((call) => call.startsWith('PutSecretValue')),
    async stop() {
      clock.mockRestore();
      await Promise.all([closeServer(server), secrets.stop(), sandbox.stop()]);
    },
  };
}

/** The stage of a test file: started once, reset before each test. */
export function useOauthStage(): OauthStage {
  const stage = {} as OauthStage;
  beforeAll(async () => {
    Object.assign(stage, await startOauthStage());
  });
  afterAll(() => stage.stop());
  beforeEach(() => stage.reset());
  return stage;
}

/** GET without following redirects, with the cookie of a browser where it has one. */
export const visit = (url: string, cookie?: string) =>
  fetch(url, { redirect: 'manual', headers: cookie === undefined ? {} : { cookie } });

/** Opens the link. @returns the browser's cookie and TikTok's consent page */
export async function start(link: string) {
  const response = await visit(link);
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  return { cookie, consent: response.headers.get('location') ?? '' };
}

/** Presses a button on the consent page. @returns the address that TikTok leads back to */
export async function decide(consent: string, decision: 'approve' | 'deny', scopes = allScopes) {
  const form = new URLSearchParams(new URL(consent).searchParams);
  form.set('decision', decision);
  for (const scope of scopes) form.append('scope', scope);
  const response = await fetch(new URL('/portal/auth', consent), {
    method: 'POST',
    body: form,
    redirect: 'manual',
  });
  return response.headers.get('location') ?? '';
}

/** From an open link to TikTok's approval. */
export async function approve(link: string, scopes = allScopes) {
  const { cookie, consent } = await start(link);
  return { cookie, callback: await decide(consent, 'approve', scopes) };
}
