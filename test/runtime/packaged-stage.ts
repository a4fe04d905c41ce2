/** A stage as it would be deployed, zips and environments included, with local servers for queue, secrets and TikTok. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import * as z from 'zod/mini';
import { startSecretsManager } from '../../local/secrets-manager/secrets-manager.ts';
import { startSandbox } from '../../local/tiktok-sandbox/sandbox.ts';
import type { FunctionName } from '../../stack/names.ts';
import { startQueueServer } from '../support/queue/queue-server.ts';
import { compiledWith } from '../template/full-stage.ts';
import type { Packaged } from './run-function.ts';

export const prefix = 'tiktok-events/example';
export const webhookSecret = 'shopify-secret-canary';
export const apiKey = 'api-key-canary';
const token = 'access-token-canary';
/** None of it may reach a log line. */
export const secretTexts = [webhookSecret, apiKey, token, 'app-secret-canary', 'jane@canary.example'];

const stackSchema = z.object({
  functions: z.record(z.string(), z.object({ handler: z.string(), timeout: z.unknown() })),
});

async function startServices() {
  const queues = await startQueueServer();
  const secrets = await startSecretsManager('eu-central-1');
  const sandbox = await startSandbox({ tokens: [token], pixels: ['FIRST', 'SECOND'] });
  secrets.set(`${prefix}/ingest`, {
    keys: [{ id: 'backend', key: apiKey }],
    webhooks: { shop: { secrets: [webhookSecret] } },
  });
  secrets.set(`${prefix}/destinations/default`, { access_token: token });
  secrets.set(`${prefix}/destinations/second`, {});
  secrets.set(`${prefix}/oauth-app`, { app_id: '7000000000000000000', secret: 'app-secret-canary' });
  secrets.set(`${prefix}/connect`, {});
  return { queues, secrets, sandbox };
}

export async function startPackagedStage() {
  const compiled = await compiledWith(
    [['destinations', 'default', 'pixelCode'], 'FIRST'],
    [['destinations', 'second'], { pixelCode: 'SECOND' }],
    [['sources'], { shop: { platform: 'shopify', contentId: 'sku' } }],
  );
  const stack = stackSchema.parse(
    parse(readFileSync(new URL('../../serverless.yml', import.meta.url), 'utf8'), { logLevel: 'silent' }),
  );
  const services = await startServices();
  const { queues, secrets, sandbox } = services;
  const references: Readonly<Record<string, string>> = {
    EventQueue: queues.createQueue('events', { VisibilityTimeout: '300' }),
    DeadLetterQueue: queues.createQueue('events-dlq'),
    SyncTable: 'tiktok-events-example-syncs',
    AlarmTopic: 'arn:aws:sns:eu-central-1:111122223333:tiktok-events-example-AlarmTopic',
  };

  return {
    ...services,
    /** @param changes of the environment; undefined takes a variable away */
    packaged(name: FunctionName, changes: Readonly<Record<string, string | undefined>> = {}): Packaged {
      const environment = {
        ...Object.fromEntries(
          Object.entries(compiled.environment[name]).map(([key, value]) => [
            key,
            typeof value === 'string' ? value : (references[value.Ref] ?? ''),
          ]),
        ),
        // Where the stack names TikTok and the SDK would ask AWS, the servers of this machine answer.
        ...('TIKTOK_API_URL' in compiled.environment[name] && { TIKTOK_API_URL: sandbox.url }),
        AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.url,
        ...changes,
      };
      const timeout = Number(stack.functions[name]?.timeout);
      return {
        name,
        // The global setup of the suites has built it from the sources of now.
        zipPath: fileURLToPath(new URL(`../../.build/${name}.zip`, import.meta.url)),
        handler: stack.functions[name]?.handler ?? '',
        timeoutMs: 1000 * (Number.isNaN(timeout) ? compiled.deliver.timeoutSeconds : timeout),
        memoryMb: compiled.memoryMb[name],
        logLevel: compiled.logs.level,
        environment: Object.fromEntries(
          Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined),
        ),
      };
    },
    /** Variables that the stack sets for a function. */
    variables: (name: FunctionName) => Object.keys(compiled.environment[name]),
    async stop(): Promise<void> {
      await Promise.all([queues.stop(), secrets.stop(), sandbox.stop()]);
    },
  };
}
