/** GET /v1/oauth/start and /v1/oauth/callback: connects a TikTok ad account to a destination of this stage. */
import { randomBytes } from 'node:crypto';
import middy from '@middy/core';
import { oauthSettings } from '../lib/config/environment.ts';
import { originDigests } from '../lib/config/origin-digests.ts';
import { type ApiEvent, type ApiResponse, toResponse } from '../lib/http/api-answer.ts';
import { behindOrigin } from '../lib/http/middleware/behind-origin.ts';
import { requestLog } from '../lib/http/middleware/request-log.ts';
import { securityHeaders } from '../lib/http/middleware/security-headers.ts';
import { createAccountConnector } from '../lib/oauth/connect-account.ts';
import { refusalPages } from '../lib/oauth/refusal-pages.ts';
import { createSecretsClient } from '../lib/secrets/secrets-manager.ts';
import { createTelemetry } from '../lib/telemetry/telemetry.ts';
import { createTikTokClient } from '../lib/tiktok/client.ts';

const settings = oauthSettings(process.env);
const telemetry = createTelemetry(settings.stage);
const context = {
  settings,
  clients: {
    telemetry,
    secrets: createSecretsClient(),
    callTikTok: createTikTokClient(settings.tiktokApiUrl),
  },
  now: Date.now,
  random: () => randomBytes(32).toString('base64url'),
};
const connectAccount = createAccountConnector(context);

export const handler = middy<ApiEvent, ApiResponse>()
  .use(behindOrigin(originDigests(process.env)))
  .use(securityHeaders())
  .use(requestLog('connect', context))
  .use(refusalPages(telemetry))
  .handler(async (event) => toResponse(await connectAccount(event), event));
