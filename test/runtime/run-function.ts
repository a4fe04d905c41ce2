/** Runs the zip of a function as Lambda runs it: unpacked, with the stack's environment, under AWS's own runtime client. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Answer, startRuntimeApi } from './runtime-api.ts';
import { unzip } from './unzip.ts';

const rapidClient = fileURLToPath(new URL('./rapid-client.cjs', import.meta.url));
/** The stricter reading: a bundle must not need what older runtimes of Lambda switch off. */
const nodeFlags = ['--no-experimental-require-module', '--no-experimental-detect-module'];

export interface Packaged {
  readonly name: string;
  readonly zipPath: string;
  readonly handler: string;
  readonly timeoutMs: number;
  readonly memoryMb: number;
  readonly logLevel: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** What Lambda itself sets; nothing of this machine but the way to the programs. */
const lambdaEnvironment = (packaged: Packaged, taskRoot: string, runtimeApi: string) => ({
  PATH: process.env.PATH,
  TZ: ':UTC',
  LANG: 'en_US.UTF-8',
  _HANDLER: packaged.handler,
  LAMBDA_TASK_ROOT: taskRoot,
  AWS_REGION: 'eu-central-1',
  AWS_DEFAULT_REGION: 'eu-central-1',
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_SESSION_TOKEN: 'test',
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  AWS_LAMBDA_FUNCTION_NAME: `tiktok-events-example-${packaged.name}`,
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(packaged.memoryMb),
  AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/tiktok-events-example-${packaged.name}`,
  AWS_LAMBDA_LOG_STREAM_NAME: '2026/11/26/[$LATEST]0123456789abcdef',
  AWS_LAMBDA_LOG_FORMAT: 'JSON',
  AWS_LAMBDA_LOG_LEVEL: packaged.logLevel,
  AWS_LAMBDA_RUNTIME_API: runtimeApi,
  AWS_LAMBDA_NODEJS_USE_ALTERNATIVE_CLIENT_1: 'true',
});

export async function runFunction(packaged: Packaged, clientPath: string) {
  const taskRoot = await mkdtemp(join(tmpdir(), `tiktok-events-${packaged.name}-`));
  const files = unzip(packaged.zipPath, taskRoot);
  const api = await startRuntimeApi();
  const child = spawn(process.execPath, [...nodeFlags, '--require', rapidClient, clientPath], {
    cwd: taskRoot,
    env: { ...packaged.environment, ...lambdaEnvironment(packaged, taskRoot, api.host) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = [child.stdout, child.stderr].map((stream) => {
    const chunks: string[] = [];
    stream.setEncoding('utf8').on('data', (text: string) => chunks.push(text));
    return chunks;
  });
  const text = () => output.map((chunks) => chunks.join('')).join('\n');
  const ended = once(child, 'close').then(([code]) => code as number | null);

  return {
    files,
    /** Resolves with the answer; when the process ends before it, rejects with what the process wrote. */
    invoke: (event: unknown): Promise<Answer> =>
      Promise.race([
        api.invoke(event, packaged.timeoutMs),
        ended.then((code) => {
          throw new Error(`${packaged.name} ended with ${code}: ${text()}`);
        }),
      ]),
    /** Lines of both streams, whole when the process has ended: Lambda sends both to CloudWatch. */
    lines: () => text().split('\n').filter(Boolean),
    violations: api.violations,
    initErrors: api.initErrors,
    ended,
    async stop(): Promise<void> {
      child.kill('SIGKILL');
      await ended;
      await api.stop();
      await rm(taskRoot, { recursive: true, force: true });
    },
  };
}
