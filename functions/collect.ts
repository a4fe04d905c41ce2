/** POST /v1/collect: a page's events → checked events → queue. GET /v1/browser.js: the script that sends them. */
import { randomUUID } from 'node:crypto';
import middy from '@middy/core';
import { collectEvents } from '../lib/collect/collect-events.ts';
import { isAllowedOrigin } from '../lib/collect/origins.ts';
import { browserScript } from '../lib/collect/script/serve-script.ts';
import { browserFiles, collectSettings } from '../lib/config/collect/collect-settings.ts';
import { originDigests } from '../lib/config/origin-digests.ts';
import { type ApiEvent, type ApiResponse, toResponse, traceOf } from '../lib/http/api-answer.ts';
import { behindOrigin } from '../lib/http/middleware/behind-origin.ts';
import { cors } from '../lib/http/middleware/cors.ts';
import { problems } from '../lib/http/middleware/problems.ts';
import { requestLog } from '../lib/http/middleware/request-log.ts';
import { securityHeaders } from '../lib/http/middleware/security-headers.ts';
import { createQueueClient } from '../lib/queue/queue-client.ts';
import { createTelemetry } from '../lib/telemetry/telemetry.ts';

const stage = collectSettings(process.env);
const { script, untouched } = browserFiles(process.env);
const settings = { ...stage, untouched };
const clients = { queue: createQueueClient(), telemetry: createTelemetry(settings.stage) };
const context = { settings, clients, random: () => `tg-${randomUUID()}` };
const isAllowed = (origin: string | undefined) => isAllowedOrigin(origin, settings.collect.origins);

export const handler = middy<ApiEvent, ApiResponse>()
  .use(behindOrigin(originDigests(process.env)))
  .use(browserScript(script))
  .use(cors({ isAllowed, headers: ['Content-Type'], withCredentials: true }))
  .use(securityHeaders())
  .use(requestLog('events collected', { clients, now: Date.now }))
  .use(problems())
  .handler(async (event, { receivedAtMs }) =>
    toResponse(await collectEvents(event, { receivedAtMs, trace: traceOf(event) }, context), event),
  );
