/** Where the gateway of `npm start` has its parts; PORT and SQS_PORT say otherwise, as they do for `npm start`. */
import type { StackOutputs } from './stack-outputs.ts';

const timeoutMs = 2_000;

export async function findLocal(): Promise<StackOutputs> {
  const ApiUrl = `http://127.0.0.1:${process.env.PORT || 3000}`;
  const queues = `http://127.0.0.1:${process.env.SQS_PORT || 9324}/000000000000/tiktok-events-local`;
  const info = await readInfo(ApiUrl);
  return {
    ApiUrl,
    QueueUrl: queues,
    DeadLetterQueueUrl: `${queues}-dlq`,
    SecretsManagerUrl: info.secretsManagerUrl,
  };
}

/** What the local gateway tells of itself; nothing when it does not run. */
async function readInfo(apiUrl: string): Promise<{ secretsManagerUrl?: string | undefined }> {
  try {
    const response = await fetch(`${apiUrl}/_sandbox/info`, {
      signal: AbortSignal.timeout(timeoutMs),
      redirect: 'error',
    });
    if (!response.ok) return {};
    const { secretsManagerUrl } = (await response.json()) as { secretsManagerUrl?: unknown };
    return typeof secretsManagerUrl === 'string' ? { secretsManagerUrl } : {};
  } catch {
    return {};
  }
}
