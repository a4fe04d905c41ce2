/** The environment of the function `collect`, and the files beside it that the build makes for the stage. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import type { ScriptFiles } from '../../collect/script/serve-script.ts';
import { collectSchema } from '../../collect/settings.ts';
import { Misconfigured } from '../../errors/app-error.ts';
import { destinationsSchema } from '../../events/destination.ts';
import { parseJson } from '../../schema/parse-json.ts';
import { decode, decodeJson } from '../environment.ts';
import { originDigests } from '../origin-digests.ts';
import { browserFileNames } from './browser-file-names.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const schema = () =>
  z.object({
    STAGE: z.string().check(z.minLength(1)),
    QUEUE_URL: z.url(),
    DESTINATIONS: z.string(),
    COLLECT: z.string(),
    /** Only `npm start` sets it: test browsers call themselves bots. */
    COLLECT_BOTS: z.optional(z.literal('keep')),
  });

/** The stage file was checked; `npm start` adds origins of this machine with any port. */
const settings = () => z.extend(collectSchema(), { origins: z.array(z.string()) });

/** @throws Misconfigured that names the setting, never its value */
export function collectSettings(environment: Environment) {
  const { STAGE, QUEUE_URL, DESTINATIONS, COLLECT, COLLECT_BOTS } = decode(schema(), environment);
  return Object.freeze({
    stage: STAGE,
    queueUrl: QUEUE_URL,
    destinations: decodeJson(destinationsSchema, 'DESTINATIONS', DESTINATIONS),
    collect: decodeJson(settings(), 'COLLECT', COLLECT),
    keepsBots: COLLECT_BOTS === 'keep',
    isBehindProxy: originDigests(environment).length > 0,
  });
}

/** What the build says about the script beside it. */
const facts = () => z.object({ hash: z.string().check(z.minLength(1)), untouched: z.array(z.string()) });

/**
 * @returns the script in each encoding, and the names that it leaves untouched, so that both sides agree
 * @throws Misconfigured when a file is missing
 */
export function browserFiles({ BROWSER_FOLDER, LAMBDA_TASK_ROOT = '.' }: Environment): {
  readonly script: ScriptFiles;
  readonly untouched: readonly string[];
} {
  const read = (name: string) => readFileSync(join(BROWSER_FOLDER ?? LAMBDA_TASK_ROOT, name));
  const names = browserFileNames;
  try {
    const { hash, untouched } = facts().parse(parseJson(read(names.facts).toString()));
    const bodies = { identity: read(names.identity), br: read(names.br), gzip: read(names.gzip) };
    return { script: { hash, bodies }, untouched };
  } catch (cause) {
    throw new Misconfigured('BROWSER_FOLDER', 'has no browser script of the build', { cause });
  }
}
