/**
 * Loads the built handlers and measures them and their floors. It runs in its own process: log lines go to the null device,
 * and the environment is that of the functions.
 */
import { createRequire } from 'node:module';
import { measure } from '../measure.ts';
import { createSignedPost } from './signed-post.ts';
import { deliverSubjects, type Handler, ingestSubjects, webhookSubjects } from './subjects.ts';

export interface Task {
  /** Paths of bundles by function; `alone` is the webhook function without SDK and logs. */
  readonly bundles: Readonly<Record<'ingest' | 'webhook' | 'alone' | 'deliver', string>>;
  readonly queueUrl: string;
  readonly rounds: number;
  readonly roundMs: number;
  readonly warmUpMs: number;
}

const require = createRequire(import.meta.url);
const load = (path: string): Handler => (require(path) as { handler: Handler }).handler;

/** Loads a bundle once more, with TikTok's answer made in the process in place of the network. */
function loadWithoutNetwork(path: string): Handler {
  const { fetch } = globalThis;
  const answer = Buffer.from('{"code":0,"message":"OK","request_id":"20261127001122AABBCCDDEEFF","data":{}}');
  globalThis.fetch = async () => ({ status: 200, body: [answer] }) as unknown as Response;
  delete require.cache[path];
  const handler = load(path);
  globalThis.fetch = fetch;
  return handler;
}

async function run({ bundles, queueUrl, rounds, roundMs, warmUpMs }: Task) {
  const {
    AWS_REGION = '',
    AWS_ACCESS_KEY_ID = '',
    AWS_SECRET_ACCESS_KEY = '',
    AWS_SESSION_TOKEN = '',
  } = process.env;
  const post = createSignedPost(queueUrl, AWS_REGION, {
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    sessionToken: AWS_SESSION_TOKEN,
  });
  const subjects = [
    ...ingestSubjects(load(bundles.ingest), post, queueUrl),
    ...webhookSubjects(load(bundles.webhook), load(bundles.alone)),
    ...(await deliverSubjects(load(bundles.deliver), loadWithoutNetwork(bundles.deliver))),
  ];
  return [...(await measure(subjects, { rounds, roundMs, warmUpMs }))];
}

process.once('message', async (task: Task) => {
  try {
    process.send?.({ timings: await run(task) });
  } catch (error) {
    process.send?.({ failure: String(error) });
  }
  process.disconnect();
});
