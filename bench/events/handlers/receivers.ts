/**
 * SQS, Secrets Manager and TikTok on loopback, in a process of their own: what they cost must not count as the handlers' work.
 * They store nothing, and every call succeeds.
 */
import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { secrets } from './secrets.ts';

interface Entry {
  readonly Id: string;
  readonly MessageBody: string;
}

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

/** The SDK compares the digest with its own. */
const stored = ({ Id, MessageBody }: Entry) => ({
  Id,
  MessageId: randomUUID(),
  MD5OfMessageBody: md5(MessageBody),
});

const secretText = (name: string): string =>
  name.endsWith('/ingest')
    ? JSON.stringify({
        keys: [{ id: 'bench', key: secrets.apiKey, created_at: '2026-01-01T00:00:00Z' }],
        webhooks: { shopify: { secrets: [secrets.webhook] } },
      })
    : JSON.stringify({ access_token: secrets.accessToken });

/** @param target the header `x-amz-target`; TikTok's calls have none */
function answerTo(target: unknown, body: string): object {
  if (target === 'AmazonSQS.SendMessageBatch')
    return { Successful: JSON.parse(body).Entries.map(stored), Failed: [] };
  if (target === 'secretsmanager.GetSecretValue') {
    const { SecretId: Name } = JSON.parse(body);
    return { Name, SecretString: secretText(Name), VersionId: randomUUID() };
  }
  return { code: 0, message: 'OK', request_id: randomUUID().replaceAll('-', ''), data: {} };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

const server = createServer({ keepAliveTimeout: 600_000 }, async (request, response) => {
  const target = request.headers['x-amz-target'];
  const answer = JSON.stringify(answerTo(target, await textOf(request)));
  response.writeHead(200, {
    'content-type': target === undefined ? 'application/json' : 'application/x-amz-json-1.0',
    'content-length': Buffer.byteLength(answer),
  });
  response.end(answer);
});

server.listen(0, '127.0.0.1', () =>
  process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }),
);
process.on('disconnect', () => process.exit(0));
