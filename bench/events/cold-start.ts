/**
 * Measures the processor time that a bundle takes to load in a fresh process, next to a function that contains only the SDK.
 * The references are bundled by the code that bundles the functions.
 */
import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { metricNamespace, secretsPrefix, serviceName, syncTableName } from '../../lib/config/names.ts';
import { writeBundle } from '../../scripts/build.ts';
import { median } from './measure.ts';

const run = promisify(execFile);

/** The smallest functions that make the same calls: they create clients on load and send commands when they are called. */
const references = {
  sqs: `
    import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
    const sqs = new SQSClient({});
    export const handler = (input) => sqs.send(new SendMessageBatchCommand(input));`,
  'secrets-sqs': `
    import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
    import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
    const secrets = new SecretsManagerClient({});
    const sqs = new SQSClient({});
    export const handler = async (input) => {
      await secrets.send(new GetSecretValueCommand(input));
      return sqs.send(new SendMessageBatchCommand(input));
    };`,
  bare: 'export const handler = async () => ({ statusCode: 200 });',
} as const;

export type ReferenceName = keyof typeof references;

/** @returns the path of each reference's bundle in `outDir` */
export async function buildReferences(outDir: string): Promise<Record<ReferenceName, string>> {
  const paths = { sqs: '', 'secrets-sqs': '', bare: '' };
  for (const name of Object.keys(references) as ReferenceName[]) {
    paths[name] = join(outDir, `reference-${name}`, 'index.cjs');
    await writeBundle({ text: references[name] }, paths[name]);
  }
  return paths;
}

/** Any settings of a browser script: the bundle of `collect` reads one on load. */
export const browserScript = { consent: 'always', pageViews: false, untouched: ['Purchase'] } as const;

/** The environment of every function; the values only have to be well-formed. */
const environment = {
  STAGE: 'bench',
  DESTINATIONS: '{"default":{"pixelCode":"C1ABCDEFGHIJKLMNOPQR","currency":"USD","country":"US"}}',
  SOURCES: '{"shop":{"platform":"shopify","contentId":"variant_id"}}',
  DELIVERY:
    '{"retryStepsSeconds":[5,15,30,60,60,60,120,240,480,900],"holdStepsSeconds":[30,60,120,300,600,900],"maxReceiveCount":113}',
  COLLECT: '{"origins":["https://shop.example"]}',
  SYNCS:
    '{"orders":{"engine":"athena","database":"shop","query":"select * from orders","schedule":"rate(1 hour)"}}',
  SYNC_TABLE: syncTableName('bench'),
  AWS_LAMBDA_FUNCTION_NAME: 'tiktok-events-bench-sync',
  QUEUE_URL: 'https://sqs.eu-west-1.amazonaws.com/000000000000/tiktok-events-bench',
  DEAD_LETTER_QUEUE_URL: 'https://sqs.eu-west-1.amazonaws.com/000000000000/tiktok-events-bench-dlq',
  SECRETS_PREFIX: secretsPrefix('bench'),
  TIKTOK_API_URL: 'https://business-api.tiktok.com',
  POWERTOOLS_SERVICE_NAME: serviceName,
  POWERTOOLS_METRICS_NAMESPACE: metricNamespace,
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'example',
};

/** Processor time, because other programs affect it less than wall time; garbage collection and compiling are included. */
const load = `
  const before = process.cpuUsage();
  require(process.argv[1]);
  const { user, system } = process.cpuUsage(before);
  process.stdout.write(String((user + system) / 1000), () => process.exit(0));`;

/** @returns milliseconds of processor time until the bundle is ready to be called */
async function loadMs(path: string): Promise<number> {
  const { stdout } = await run(process.execPath, ['--eval', load, path], {
    env: { ...environment, BROWSER_FOLDER: dirname(path) },
  });
  return Number(stdout);
}

/**
 * @param paths bundles by name; they take turns, so that a slow moment of the machine affects all of them
 * @returns the median of each, in milliseconds
 */
export async function measureLoading<Name extends string>(
  paths: Readonly<Record<Name, string>>,
  { processes }: { readonly processes: number },
): Promise<Record<Name, number>> {
  const names = Object.keys(paths) as Name[];
  const times = new Map(names.map((name) => [name, [] as number[]]));
  for (const name of names) await loadMs(paths[name]);
  for (let round = 0; round < processes; round += 1) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      times.get(name)?.push(await loadMs(paths[name]));
    }
  }
  return Object.fromEntries([...times].map(([name, all]) => [name, median(all)])) as Record<Name, number>;
}
