/** The one file that calls SQS: the SDK's client, silenced and bounded in time. */
import {
  ChangeMessageVisibilityBatchCommand,
  type ChangeMessageVisibilityBatchRequest,
  SendMessageBatchCommand,
  type SendMessageBatchRequest,
  SQSClient,
} from '@aws-sdk/client-sqs';

/** The two calls of the functions. Both throw when the request fails as a whole. */
export interface SqsApi {
  sendMessageBatch(request: SendMessageBatchRequest, abortSignal: AbortSignal): Promise<BatchAnswer>;
  changeMessageVisibilityBatch(
    request: ChangeMessageVisibilityBatchRequest,
    abortSignal: AbortSignal,
  ): Promise<BatchAnswer>;
}

/** An answer with HTTP 200 can contain failed entries. */
export interface BatchAnswer {
  readonly Successful?: readonly { readonly Id: string | undefined }[] | undefined;
  readonly Failed?:
    | readonly { readonly Id: string | undefined; readonly Code: string | undefined }[]
    | undefined;
}

const requestTimeoutMs = 1_000;

const ignore = (): void => {};
/**
 * Silences the SDK: its logger receives whole commands, personal data included. Without a logger, the SDK writes to the
 * console for each call to a queue that is not on AWS.
 */
const logger = { debug: ignore, info: ignore, warn: ignore, error: ignore };

/** The SDK keeps sockets alive and limits them to 50, so all batches of one call can start at once. */
export function createSqsApi(): SqsApi {
  const requestHandler = {
    connectionTimeout: requestTimeoutMs,
    requestTimeout: requestTimeoutMs,
    throwOnRequestTimeout: true,
  };
  // TLS and the signed hash of the body protect every message. The SDK's MD5 of each one would cost a sixth of a post of 50.
  const sqs = new SQSClient({ maxAttempts: 2, requestHandler, logger, md5: false });
  return {
    sendMessageBatch: (request, abortSignal) =>
      sqs.send(new SendMessageBatchCommand(request), { abortSignal }),
    changeMessageVisibilityBatch: (request, abortSignal) =>
      sqs.send(new ChangeMessageVisibilityBatchCommand(request), { abortSignal }),
  };
}
