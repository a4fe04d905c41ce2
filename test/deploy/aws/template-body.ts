/** The text of a template, given with the request or read from S3. */
import { bucketOf, objectOf } from './s3.ts';
import type { Input } from './wire.ts';
import { validationError, type World } from './world.ts';

const longestTemplateBody = 51_200;

export function templateBody(world: World, { TemplateBody, TemplateURL }: Input): string {
  if (typeof TemplateBody === 'string') {
    if (Buffer.byteLength(TemplateBody) > longestTemplateBody)
      throw validationError(
        `1 validation error detected: Value at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to ${longestTemplateBody}`,
      );
    return TemplateBody;
  }
  const url = new URL(String(TemplateURL));
  const [first = ''] = url.hostname.split('.');
  const path = decodeURIComponent(url.pathname.slice(1));
  // Path style as osls writes it, or virtual-hosted style.
  const [bucket, key] =
    first === 's3' ? [path.split('/')[0] ?? '', path.split('/').slice(1).join('/')] : [first, path];
  try {
    return objectOf(bucketOf(world, bucket), key).body.toString('utf8');
  } catch {
    throw validationError('S3 error: The specified key does not exist.');
  }
}
