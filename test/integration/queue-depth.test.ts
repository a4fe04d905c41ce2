/** The depth of a queue, read from servers that speak SQS's protocol. */
import { SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, expect, test } from 'vitest';
import { readDepth } from '../../lib/queue/queue-depth.ts';
import { startHttpServer } from '../support/http/http-server.ts';

let stop: () => Promise<unknown> = async () => {};
afterEach(() => stop());

test.each([
  [
    'all counts',
    {
      Attributes: {
        ApproximateNumberOfMessages: '3',
        ApproximateNumberOfMessagesNotVisible: '2',
        ApproximateNumberOfMessagesDelayed: '1',
      },
    },
    { visible: 3, inFlight: 2, delayed: 1 },
  ],
  [
    'one count',
    { Attributes: { ApproximateNumberOfMessages: '3' } },
    { visible: 3, inFlight: 0, delayed: 0 },
  ],
  ['no attributes', {}, { visible: 0, inFlight: 0, delayed: 0 }],
])('reads the depth of a queue from an answer with %s', async (_case, answer, depth) => {
  const server = await startHttpServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(JSON.stringify(answer));
  });
  stop = server.stop;
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = new SQSClient({ region: 'us-east-1', endpoint: server.url, credentials });
  expect(await readDepth(client, `${server.url}/000000000000/events`)).toEqual(depth);
  client.destroy();
});

test('gives up the depth of a queue after ten seconds', async () => {
  const server = await startHttpServer(() => undefined);
  stop = server.stop;
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = new SQSClient({ region: 'us-east-1', endpoint: server.url, credentials });
  const limits: number[] = [];
  const timeout = (ms: number) => {
    limits.push(ms);
    return AbortSignal.timeout(50);
  };
  await expect(readDepth(client, `${server.url}/000000000000/events`, { timeout })).rejects.toMatchObject({
    name: 'AbortError',
  });
  expect(limits).toEqual([10_000]);
  client.destroy();
});
