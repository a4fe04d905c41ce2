/** The one file that calls S3: it writes files of rejected rows, in bounded time. */
import { PutObjectCommand, S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';

export interface FileStore {
  /** @param folder such as `s3://bucket/path` */
  put(folder: string, name: string, text: string): Promise<void>;
}

const timeouts = { connectionTimeout: 3_000, requestTimeout: 30_000, throwOnRequestTimeout: true };

/** @param address what it leaves out comes from the AWS settings of the environment */
export function createFileStore(address: S3ClientConfig = {}): FileStore {
  let client: S3Client | undefined;
  return {
    async put(folder, name, text) {
      client ??= new S3Client({ ...address, maxAttempts: 4, requestHandler: timeouts, forcePathStyle: true });
      const { host: Bucket, pathname } = new URL(folder);
      const path = pathname.replace(/^\/+|\/+$/g, '');
      const Key = path === '' ? name : `${path}/${name}`;
      await client.send(
        new PutObjectCommand({ Bucket, Key, Body: text, ContentType: 'application/x-ndjson' }),
      );
    },
  };
}
