/** GET /v1/oauth/start and /v1/oauth/callback: connects a TikTok account to a destination of this stage. */
import { randomBytes } from 'node:crypto';
import { oauthSettings, originDigests } from '../lib/config/environment.ts';
import { behindOrigin } from '../lib/http/behind-origin.ts';
import { createOauthHandler } from '../lib/oauth/oauth-handler.ts';
import { createSecretsClient } from '../lib/secrets/secrets-manager.ts';
import { createTelemetry } from '../lib/telemetry/telemetry.ts';
import { createTikTokClient } from '../lib/tiktok/client.ts';

const settings = oauthSettings(process.env);
const ports = {
  ...settings,
  secrets: createSecretsClient(),
  callTikTok: createTikTokClient(settings.tiktokApiUrl),
  now: Date.now,
  randomText: () => randomBytes(32).toString('base64url'),
};

export const handler = behindOrigin(
  originDigests(process.env),
  createOauthHandler(createTelemetry(settings.stage), ports),
);
