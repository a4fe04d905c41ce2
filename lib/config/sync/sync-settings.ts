/** The environment of the function `sync`. */
import * as z from 'zod/mini';
import { Misconfigured } from '../../errors/app-error.ts';
import { consentModes } from '../../events/consent.ts';
import { destinationsSchema } from '../../events/destination.ts';
import { syncsSchema } from '../../sync/settings.ts';
import { decode, decodeJson } from '../environment.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const text = () => z.string().check(z.minLength(1));

const schema = () =>
  z.object({
    STAGE: text(),
    QUEUE_URL: z.url(),
    DESTINATIONS: text(),
    CONSENT: z._default(z.enum(consentModes), 'always'),
    SYNCS: text(),
    SYNC_TABLE: text(),
    /** Absent in `npm start`, which has no topic. */
    NOTICE_TOPIC_ARN: z.optional(text()),
    /** Lambda sets it: a long run continues in another run of the same function. */
    AWS_LAMBDA_FUNCTION_NAME: text(),
  });

/** @throws Misconfigured that names the setting, never its value */
export function syncSettings(environment: Environment) {
  const settings = decode(schema(), environment);
  const destinations = decodeJson(destinationsSchema, 'DESTINATIONS', settings.DESTINATIONS);
  const syncs = decodeJson(syncsSchema(), 'SYNCS', settings.SYNCS);
  for (const [name, { destination }] of Object.entries(syncs)) {
    if (!Object.hasOwn(destinations, destination))
      throw new Misconfigured(`syncs.${name}.destination`, 'names no configured destination');
  }
  return Object.freeze({
    stage: settings.STAGE,
    queueUrl: settings.QUEUE_URL,
    destinations,
    consent: settings.CONSENT,
    syncs,
    table: settings.SYNC_TABLE,
    noticeTopicArn: settings.NOTICE_TOPIC_ARN,
    functionName: settings.AWS_LAMBDA_FUNCTION_NAME,
  });
}
