/** The addresses of the gateway of `npm start`. PORT and SQS_PORT change them, as they do for `npm start`. */
import { deadLetterQueueName, queueName } from '../../lib/config/names.ts';
import { accountId, defaultPort, defaultSqsPort, stageName } from '../../local/stage.ts';
import { CliError } from '../errors/cli-error.ts';
import { exitCodes } from '../errors/exit-codes.ts';
import { terminal } from '../terminal/io.ts';
import { readLocalInfo } from './local-info.ts';
import { type LocalSettings, localSettings } from './local-settings.ts';
import type { StackOutputs } from './stack-outputs.ts';

export async function findLocal(): Promise<StackOutputs> {
  const ApiUrl = `http://127.0.0.1:${portOf('PORT', defaultPort)}`;
  const queues = `http://127.0.0.1:${portOf('SQS_PORT', defaultSqsPort)}/${accountId}`;
  const info = await readInfo(ApiUrl);
  return {
    ApiUrl,
    QueueUrl: `${queues}/${queueName(stageName)}`,
    DeadLetterQueueUrl: `${queues}/${deadLetterQueueName(stageName)}`,
    SecretsManagerUrl: info.secretsManagerUrl,
    DynamoDbUrl: info.dynamodbUrl,
    LambdaUrl: info.lambdaUrl,
    TikTokApiUrl: info.tiktokApiUrl,
    LocalSettings: info.settings,
  };
}

function portOf(name: 'PORT' | 'SQS_PORT', otherwise: number): number {
  const port = Number(terminal().env[name] || otherwise);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new CliError(
    exitCodes.usage,
    `${name} must be a port, 1 to 65535: the one that npm start was given.`,
  );
}

interface LocalInfo {
  readonly secretsManagerUrl?: string | undefined;
  readonly dynamodbUrl?: string | undefined;
  readonly lambdaUrl?: string | undefined;
  readonly tiktokApiUrl?: string | undefined;
  readonly settings: LocalSettings;
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** The local gateway's own description; without addresses when it does not run. */
async function readInfo(apiUrl: string): Promise<LocalInfo> {
  const info = await readLocalInfo(apiUrl);
  return {
    secretsManagerUrl: textOf(info.secretsManagerUrl),
    dynamodbUrl: textOf(info.dynamodbUrl),
    lambdaUrl: textOf(info.lambdaUrl),
    tiktokApiUrl: textOf(info.tiktokApiUrl),
    settings: localSettings(info),
  };
}
