/** `npm start` is ready with one line whose curl works as pasted, and stops when it is told to. */
import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test } from 'vitest';
import { closeServer, listenOnLoopback } from '../../local/loopback-server.ts';
import { spawnGateway } from '../support/gateway/gateway-process.ts';

const runs: ReturnType<typeof spawnGateway>[] = [];
afterEach(() => {
  for (const run of runs.splice(0)) run.process.kill('SIGKILL');
});

function start(environment: Record<string, string> = {}, args: readonly string[] = []) {
  const run = spawnGateway({ LOCAL_API_KEY: '', TIKTOK_API_URL: '', ...environment }, args);
  runs.push(run);
  return run;
}

describe('npm start', () => {
  test('prints its URL and a curl command that works in a shell with any key', async () => {
    const run = start({ LOCAL_API_KEY: "it's-a-$key" });
    const line = await run.ready();
    const command = line.slice(line.indexOf('curl ')).replace('curl ', 'curl -w "\\n%{http_code}" ');
    const { stdout } = await promisify(execFile)('sh', ['-c', command]);
    const [body = '', status] = stdout.split('\n');
    expect([status, JSON.parse(body).accepted]).toEqual(['202', 1]);
    const url = /http:\S+/.exec(line)?.[0] ?? '';
    let requests: { code: number }[] = [];
    while (requests.length === 0) {
      ({ requests } = (await (await fetch(`${url}/_sandbox/requests`)).json()) as {
        requests: { code: number }[];
      });
    }
    expect(requests).toMatchObject([{ code: 0 }]);
    expect(run.output().replace(line, '')).not.toContain('jane');
  });

  test('lets the tunnel named by --host reach the webhooks', async () => {
    const run = start({}, ['--host', 'my.tunnel.dev']);
    const url = /http:\S+/.exec(await run.ready())?.[0] ?? '';
    const statusOf = async (path: string, host: string) => {
      const command = [
        '-s',
        '-o',
        '/dev/null',
        '-w',
        '%{http_code}',
        '-X',
        'POST',
        '-H',
        `Host: ${host}`,
        url + path,
      ];
      return (await promisify(execFile)('curl', command)).stdout;
    };
    expect(await statusOf('/v1/webhooks/shopify', 'my.tunnel.dev')).toBe('401');
    expect(await statusOf('/v1/webhooks/shopify', 'other.tunnel.dev')).toBe('403');
    expect(await statusOf('/_sandbox/requests', 'my.tunnel.dev')).toBe('403');
    expect(run.output()).toContain(
      'https://my.tunnel.dev reaches /v1/webhooks/<source>, /v1/collect and /v1/browser.js, and nothing else.',
    );
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('exits with 0 on %s', async (signal) => {
    const run = start();
    await run.ready();
    run.process.kill(signal);
    // A terminal and npm may both hand on one Ctrl-C.
    await new Promise((resolve) => setTimeout(resolve, 20));
    run.process.kill(signal);
    expect(await run.ended).toBe(0);
  });
});

describe('npm start refuses in one sentence', () => {
  test.each(['PORT', 'SQS_PORT'])('names %s when its port is taken', async (name) => {
    const server = createServer();
    const port = new URL(await listenOnLoopback(server, 0)).port;
    const run = start({ [name]: port });
    expect(await run.ended).toBe(1);
    expect(run.output()).toBe(
      `Port ${port} is taken by another program. Stop that program, or set ${name} to another port.\n`,
    );
    await closeServer(server);
  });

  test('names a setting that is invalid', async () => {
    const run = start({ PORT: 'http' });
    expect(await run.ended).toBe(1);
    expect(run.output()).toMatch(/^PORT must be [^\n]*\n$/);
  });

  test('names an option that is invalid', async () => {
    const run = start({}, ['--host', 'https://my.tunnel.dev']);
    expect(await run.ended).toBe(1);
    expect(run.output()).toMatch(/^--host must be [^\n]*\n$/);
  });
});
