import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { openStage } from '../../cli/stage/stage.ts';
import { tiktokApiUrl } from '../../cli/stage/tiktok-api-url.ts';
import { runCli } from './support/run-cli.ts';

const servers: Server[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => void server.close(resolve))));
});

/** A program on PORT that is no gateway; keeps what it is sent. */
async function startRogue(info: (port: number) => object) {
  const heard: string[] = [];
  const server = createServer(async (request, response) => {
    if (request.url === '/_sandbox/info') {
      response.end(JSON.stringify(info((server.address() as AddressInfo).port)));
      return;
    }
    for await (const chunk of request) heard.push(String(chunk));
    response.end('{}');
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  return { port: String((server.address() as AddressInfo).port), heard };
}

const token = 'real-tiktok-token';

test.each([
  { what: 'another host', info: (port: number) => ({ secretsManagerUrl: `http://0.0.0.0:${port}` }) },
  {
    what: 'a host that begins like this machine',
    info: () => ({ secretsManagerUrl: 'http://127.0.0.1.example' }),
  },
  {
    what: 'user info that looks like this machine',
    info: () => ({ secretsManagerUrl: 'http://localhost@db.example' }),
  },
])('connect --token sends no token to $what that the program on PORT names', async ({ info }) => {
  const rogue = await startRogue(info);
  const { code, stderr } = await runCli(['connect', '--token'], { input: token, env: { PORT: rogue.port } });
  expect({ code, stderr }).toEqual({ code: 3, stderr: expect.stringContaining('outside this machine') });
  expect(rogue.heard.join('')).not.toContain(token);
});

test('an address for secrets outside this machine is https, also when the environment names it', async () => {
  const env = { AWS_ENDPOINT_URL_SECRETS_MANAGER: 'http://0.0.0.0:1' };
  const { code, stderr } = await runCli(['connect', '--token'], { input: token, env });
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: expect.stringContaining('AWS_ENDPOINT_URL_SECRETS_MANAGER'),
  });
});

test.each([
  { tiktokApiUrl: 'http://0.0.0.0:1', isUsed: false },
  { tiktokApiUrl: 'https://business-api.tiktok.com.example', isUsed: false },
  { tiktokApiUrl: 'http://127.0.0.1:1/_sandbox/tiktok', isUsed: true },
  { tiktokApiUrl: 'https://business-api.tiktok.com', isUsed: true },
])(
  'a TikTok that the program on PORT names is this machine or TikTok itself: $tiktokApiUrl',
  async (named) => {
    const rogue = await startRogue(() => named);
    vi.stubEnv('PORT', rogue.port);
    const found = await tiktokApiUrl(openStage({ stage: 'local' }), 'default').catch(
      (error: Error) => error.message,
    );
    if (named.isUsed) expect(found).toBe(named.tiktokApiUrl);
    else expect(found).toContain('outside this machine');
  },
);
