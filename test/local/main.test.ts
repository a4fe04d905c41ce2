/** `npm start` is ready with one line whose curl works as pasted, and stops when it is told to. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test } from 'vitest';
import { closeServer, listenOnLoopback } from '../../local/loopback-server.ts';

const main = fileURLToPath(new URL('../../local/main.ts', import.meta.url));
const runners: ChildProcess[] = [];
afterEach(() => {
  for (const runner of runners.splice(0)) runner.kill('SIGKILL');
});

interface Run {
  process: ChildProcess;
  output: () => string;
  /** The exit code. */
  end: Promise<number | null>;
}

function start(environment: Record<string, string> = {}, args: readonly string[] = []): Run {
  const child = spawn(process.execPath, [main, ...args], {
    env: { ...process.env, PORT: '0', SQS_PORT: '0', LOCAL_API_KEY: '', TIKTOK_API_URL: '', ...environment },
  });
  runners.push(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data) => {
      output += data;
    });
  }
  return { process: child, output: () => output, end: once(child, 'exit').then(([code]) => code) };
}

async function ready(run: Run): Promise<string> {
  const isReady = () => /^Ready at .*\n/m.test(run.output());
  while (!isReady()) {
    if (run.process.exitCode !== null) throw new Error(run.output());
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return /^Ready at .*$/m.exec(run.output())?.[0] ?? '';
}

describe('npm start', () => {
  test('says where it is, with a curl that a shell takes as it is, whatever the key', async () => {
    const run = start({ LOCAL_API_KEY: "it's-a-$key" });
    const line = await ready(run);
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

  test('lets a tunnel reach its webhooks by the name of --host', async () => {
    const run = start({}, ['--host', 'my.tunnel.dev']);
    const url = /http:\S+/.exec(await ready(run))?.[0] ?? '';
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
    expect(run.output()).toContain('https://my.tunnel.dev reaches /v1/webhooks/<source> and nothing else.');
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('ends with 0 on %s', async (signal) => {
    const run = start();
    await ready(run);
    run.process.kill(signal);
    // A terminal and npm may both hand on one Ctrl-C.
    await new Promise((resolve) => setTimeout(resolve, 20));
    run.process.kill(signal);
    expect(await run.end).toBe(0);
  });
});

describe('npm start refuses in one sentence', () => {
  test.each(['PORT', 'SQS_PORT'])('when %s is taken', async (name) => {
    const server = createServer();
    const port = new URL(await listenOnLoopback(server, 0)).port;
    const run = start({ [name]: port });
    expect(await run.end).toBe(1);
    expect(run.output()).toBe(
      `Port ${port} is taken by another program. Stop that program, or set ${name} to another port.\n`,
    );
    await closeServer(server);
  });

  test('when a setting is wrong', async () => {
    const run = start({ PORT: 'http' });
    expect(await run.end).toBe(1);
    expect(run.output()).toMatch(/^PORT must be [^\n]*\n$/);
  });

  test('when an option is wrong', async () => {
    const run = start({}, ['--host', 'https://my.tunnel.dev']);
    expect(await run.end).toBe(1);
    expect(run.output()).toMatch(/^--host must be [^\n]*\n$/);
  });
});
