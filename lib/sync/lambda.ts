/** The one file that calls Lambda: the function starts its own next invocation. */
import { InvokeCommand, LambdaClient, type LambdaClientConfig } from '@aws-sdk/client-lambda';

export interface Invoker {
  /** Lambda keeps the event and runs the function soon. */
  start(functionName: string, event: object): Promise<void>;
}

const timeouts = { connectionTimeout: 3_000, requestTimeout: 10_000, throwOnRequestTimeout: true };

/** @param address what it leaves out comes from the AWS settings of the environment */
export function createInvoker(address: LambdaClientConfig = {}): Invoker {
  let client: LambdaClient | undefined;
  return {
    async start(FunctionName, event) {
      client ??= new LambdaClient({ ...address, maxAttempts: 4, requestHandler: timeouts });
      const Payload = Buffer.from(JSON.stringify(event));
      await client.send(new InvokeCommand({ FunctionName, InvocationType: 'Event', Payload }));
    },
  };
}
