/** S3 with path-style addresses: buckets, and objects with their metadata. */

import { xml } from './wire.ts';
import { AwsError, type StoredObject, type World } from './world.ts';

export interface S3Request {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Buffer;
}

export interface S3Answer {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string;
}

export function answerS3(world: World, request: S3Request): { operation: string; answer: () => S3Answer } {
  const [, bucketName = '', ...rest] = decodeURIComponent(request.url.pathname).split('/');
  const key = rest.join('/');
  const bucket = () => bucketOf(world, bucketName);
  if (request.method === 'HEAD' && key === '')
    return {
      operation: 'HeadBucket',
      answer: () => {
        bucket();
        return { headers: { 'x-amz-bucket-region': world.region } };
      },
    };
  if (request.method === 'HEAD')
    return { operation: 'HeadObject', answer: () => ({ headers: headersOf(objectOf(bucket(), key)) }) };
  if (request.method === 'PUT')
    return { operation: 'PutObject', answer: () => putObject(bucket(), key, request) };
  if (request.method === 'GET' && key === '')
    return {
      operation: 'ListObjectsV2',
      answer: () => listObjects(bucket(), bucketName, request.url.searchParams.get('prefix') ?? ''),
    };
  if (request.method === 'GET')
    return {
      operation: 'GetObject',
      answer: () => ({ headers: headersOf(objectOf(bucket(), key)), body: objectOf(bucket(), key).body }),
    };
  if (request.method === 'POST' && request.url.searchParams.has('delete'))
    return { operation: 'DeleteObjects', answer: () => deleteObjects(bucket(), request.body.toString()) };
  throw new AwsError('MethodNotAllowed', 'The specified method is not allowed against this resource.', 405);
}

export function bucketOf(world: World, name: string): Map<string, StoredObject> {
  const bucket = world.buckets.get(name);
  if (!bucket) throw new AwsError('NoSuchBucket', 'The specified bucket does not exist', 404);
  return bucket;
}

export function objectOf(bucket: Map<string, StoredObject>, key: string): StoredObject {
  const object = bucket.get(key);
  if (!object) throw new AwsError('NoSuchKey', 'The specified key does not exist.', 404);
  return object;
}

function headersOf(object: StoredObject): Record<string, string> {
  const metadata = Object.entries(object.metadata).map(([name, value]) => [`x-amz-meta-${name}`, value]);
  return { 'last-modified': object.modified.toUTCString(), ...Object.fromEntries(metadata) };
}

function putObject(bucket: Map<string, StoredObject>, key: string, { headers, body }: S3Request): S3Answer {
  const metadata = Object.entries(headers)
    .filter(([name]) => name.startsWith('x-amz-meta-'))
    .map(([name, value]) => [name.slice('x-amz-meta-'.length), String(value)]);
  // S3 keeps whole seconds.
  const modified = new Date(Math.floor(Date.now() / 1000) * 1000);
  const isChunked = String(headers['content-encoding'] ?? '').includes('aws-chunked');
  const content = isChunked ? unchunked(body) : body;
  bucket.set(key, { body: content, metadata: Object.fromEntries(metadata), modified });
  return { headers: { etag: '"0"' } };
}

/** `<hex length>[;signature]\r\n<bytes>\r\n…0\r\n<trailers>`: how the SDK streams a body with a checksum behind it. */
function unchunked(body: Buffer): Buffer {
  const parts: Buffer[] = [];
  let at = 0;
  for (;;) {
    const lineEnd = body.indexOf('\r\n', at);
    const length = Number.parseInt(body.subarray(at, lineEnd).toString('latin1'), 16);
    if (!(length > 0)) return Buffer.concat(parts);
    parts.push(body.subarray(lineEnd + 2, lineEnd + 2 + length));
    at = lineEnd + 2 + length + 2;
  }
}

function listObjects(bucket: Map<string, StoredObject>, name: string, prefix: string): S3Answer {
  const keys = [...bucket.keys()].filter((key) => key.startsWith(prefix)).sort();
  const contents = keys.map((key) => {
    const { body, modified } = objectOf(bucket, key);
    return `<Contents>${xml({ Key: key, LastModified: modified, ETag: '"0"', Size: body.length })}</Contents>`;
  });
  const head = xml({ Name: name, Prefix: prefix, KeyCount: keys.length, MaxKeys: 1000, IsTruncated: false });
  return { body: `<ListBucketResult>${head}${contents.join('')}</ListBucketResult>` };
}

function deleteObjects(bucket: Map<string, StoredObject>, body: string): S3Answer {
  const keys = [...body.matchAll(/<Key>([^<]+)<\/Key>/g)].map(([, key]) => String(key));
  for (const key of keys) bucket.delete(key);
  const deleted = keys.map((key) => `<Deleted>${xml({ Key: key })}</Deleted>`);
  return { body: `<DeleteResult>${deleted.join('')}</DeleteResult>` };
}
