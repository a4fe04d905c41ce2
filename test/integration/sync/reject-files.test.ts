import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFileStore } from '../../../lib/sync/report/s3.ts';
import { type ObjectsServer, startObjects } from '../../../local/aws/objects.ts';

let server: ObjectsServer;
beforeAll(async () => {
  server = await startObjects();
});
afterAll(() => server.stop());

test.each([
  ['s3://own', 'own/orders/1.ndjson'],
  ['s3://own/rejects/', 'own/rejects/orders/1.ndjson'],
])('a file of rejected rows in %s is %s', async (folder, address) => {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const files = createFileStore({ endpoint: server.url, region: 'us-east-1', credentials });
  await files.put(folder, 'orders/1.ndjson', '{"row":1}\n');
  expect(String(server.objects.get(address))).toBe('{"row":1}\n');
});
