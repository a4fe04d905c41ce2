/** The part of S3 that stores objects: PutObject and GetObject with paths, in memory. */
import { createHash, randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { escapeXml } from './escape-xml.ts';
import { createFaultList, type Faults } from './faults.ts';
import { AwsError, type HttpAnswer, startHttpService } from './http-service.ts';

export interface ObjectsSettings {
  /** The buckets that exist; without it, every bucket does. */
  readonly buckets?: readonly string[];
  readonly port?: number;
}

export interface ObjectsServer extends Faults {
  readonly url: string;
  /** Each object by `<bucket>/<key>`. */
  readonly objects: ReadonlyMap<string, Buffer>;
  stop(): Promise<void>;
}

const maxBodyBytes = 100 * 1024 * 1024;
const operations: Readonly<Record<string, string>> = { PUT: 'PutObject', GET: 'GetObject' };

export async function startObjects({ buckets, port }: ObjectsSettings = {}): Promise<ObjectsServer> {
  const faults = createFaultList();
  const objects = new Map<string, Buffer>();
  const service = await startHttpService(
    {
      faults,
      maxBodyBytes,
      operationOf: ({ method = '' }) => operations[method] ?? '',
      answer: async (request, body) => {
        const path = pathOf(request);
        const [bucket = ''] = path.split('/', 1);
        if (buckets && !buckets.includes(bucket))
          throw new AwsError('NoSuchBucket', 'The specified bucket does not exist');
        if (request.method === 'PUT') objects.set(path, contentOf(request, body));
        const content = objects.get(path);
        if (content === undefined) throw new AwsError('NoSuchKey', 'The specified key does not exist.');
        const headers = { etag: `"${createHash('md5').update(content).digest('hex')}"` };
        return request.method === 'PUT' ? { status: 200, headers } : { status: 200, headers, body: content };
      },
      errorAnswer,
    },
    port,
  );
  return { ...service, objects, fail: faults.fail, heal: faults.heal };
}

/** @throws AwsError for another operation than the two that this port has */
function pathOf({ method = '', url = '/' }: IncomingMessage): string {
  const { pathname, searchParams } = new URL(url, 'http://s3');
  const path = decodeURIComponent(pathname.slice(1));
  const operation = searchParams.get('x-id') ?? operations[method];
  const isOther = operation !== operations[method] || searchParams.has('uploadId');
  if (operations[method] === undefined || isOther || !/^[^/]+\/./s.test(path))
    throw new AwsError('NotImplemented', 'This port stores and reads whole objects only.');
  return path;
}

/** The SDK sends a stream in chunks of its own, with a checksum behind the last. */
function contentOf({ headers }: IncomingMessage, body: Buffer): Buffer {
  if (!String(headers['content-encoding'] ?? '').includes('aws-chunked')) return body;
  const chunks: Buffer[] = [];
  let at = 0;
  for (;;) {
    const end = body.indexOf('\r\n', at);
    const size = Number.parseInt(body.toString('latin1', at, end), 16);
    if (end < 0 || !(size > 0)) return Buffer.concat(chunks);
    chunks.push(body.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
}

const statuses: Readonly<Record<string, number>> = {
  AccessDenied: 403,
  NoSuchBucket: 404,
  NoSuchKey: 404,
  NotImplemented: 501,
  InternalError: 500,
  InternalServerException: 500,
  SlowDown: 503,
};

const errorAnswer = ({ code, message }: AwsError): HttpAnswer => ({
  status: statuses[code] ?? 400,
  headers: { 'content-type': 'application/xml' },
  body:
    `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${escapeXml(code)}</Code>` +
    `<Message>${escapeXml(message)}</Message><RequestId>${randomUUID()}</RequestId></Error>`,
});
