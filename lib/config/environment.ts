/** The environment of each function as one frozen, validated object. An error names the setting that is wrong. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { Misconfigured } from '../errors/app-error.ts';
import { consentModes } from '../events/consent.ts';
import { destinationsSchema } from '../events/destination.ts';
import { isSafeUrl, isTikTokUrl, withoutTrailingSlash } from '../schema/base-url.ts';
import { parseJson } from '../schema/parse-json.ts';
import { deliverySchema } from './delivery-settings.ts';
import { isStageName } from './names.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const text = () => z.string().check(z.minLength(1));
const stage = () => z.string().check(z.refine(isStageName));
const secretsPrefix = () => z.string().check(z.regex(/^[A-Za-z0-9/_+=.@-]{1,256}$/));
const httpUrl = () =>
  z.string().check(z.refine((value) => /^https?:$/.test(URL.parse(value)?.protocol ?? '')));
const tiktokUrl = () => z.string().check(z.refine(isTikTokUrl));

/** Origin and path before `/v1`, when callers reach the API through a proxy with another name. */
const publicUrl = () => z.string().check(z.refine((value) => isSafeUrl(value) && !/[?#]/.test(value)));

const settingsInFile = () => z.record(z.string(), z.string());
const common = () => ({ STAGE: stage(), SECRETS_PREFIX: secretsPrefix() });
const consent = () => ({ CONSENT: z._default(z.enum(consentModes), 'always') });

const ingestSchema = () =>
  z.object({
    ...common(),
    ...consent(),
    DESTINATIONS: text(),
    QUEUE_URL: httpUrl(),
    CORS_ORIGINS: z.optional(text()),
  });
const deliverSchema = () =>
  z.object({
    ...common(),
    ...consent(),
    DESTINATIONS: text(),
    DELIVERY: text(),
    QUEUE_URL: httpUrl(),
    DEAD_LETTER_QUEUE_URL: httpUrl(),
    TIKTOK_API_URL: tiktokUrl(),
  });

const oauthSchema = () =>
  z.object({
    ...common(),
    DESTINATIONS: text(),
    TIKTOK_API_URL: tiktokUrl(),
    PUBLIC_URL: z.optional(publicUrl()),
  });

/** Settings of the function that receives events over HTTP. @throws Misconfigured */
export function ingestSettings(environment: Environment) {
  const settings = decode(ingestSchema(), environment);
  return Object.freeze({
    stage: settings.STAGE,
    secretsPrefix: settings.SECRETS_PREFIX,
    queueUrl: settings.QUEUE_URL,
    destinations: decodeJson(destinationsSchema, 'DESTINATIONS', settings.DESTINATIONS),
    consent: settings.CONSENT,
    /** Exact origins, with a comma between them. */
    corsOrigins: settings.CORS_ORIGINS?.split(',') ?? [],
  });
}

/** Settings of the function that delivers to TikTok. @throws Misconfigured */
export function deliverSettings(environment: Environment) {
  const settings = decode(deliverSchema(), environment);
  return Object.freeze({
    stage: settings.STAGE,
    secretsPrefix: settings.SECRETS_PREFIX,
    queueUrl: settings.QUEUE_URL,
    deadLetterQueueUrl: settings.DEAD_LETTER_QUEUE_URL,
    tiktokApiUrl: withoutTrailingSlash(settings.TIKTOK_API_URL),
    destinations: decodeJson(destinationsSchema, 'DESTINATIONS', settings.DESTINATIONS),
    delivery: decodeJson(deliverySchema(), 'DELIVERY', settings.DELIVERY),
    consent: settings.CONSENT,
  });
}

/** Settings of the function that connects TikTok accounts. @throws Misconfigured */
export function oauthSettings(environment: Environment) {
  const settings = decode(oauthSchema(), environment);
  return Object.freeze({
    stage: settings.STAGE,
    secretsPrefix: settings.SECRETS_PREFIX,
    tiktokApiUrl: withoutTrailingSlash(settings.TIKTOK_API_URL),
    destinations: decodeJson(destinationsSchema, 'DESTINATIONS', settings.DESTINATIONS),
    publicUrl: settings.PUBLIC_URL && withoutTrailingSlash(settings.PUBLIC_URL),
  });
}

/**
 * The stack moves settings that are too long for the environment into a file in the function's zip.
 * @param environment of a function; `LAMBDA_TASK_ROOT` is the folder of its code
 * (https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html)
 * @returns the environment with the settings of the file, if `SETTINGS_FILE` names one
 * @throws Misconfigured when the file is missing or is not what the build writes
 */
export function withSettingsFile(environment: Environment): Environment {
  const { SETTINGS_FILE: name, LAMBDA_TASK_ROOT: folder = '.', ...others } = environment;
  if (name === undefined) return environment;
  try {
    return { ...others, ...settingsInFile().parse(parseJson(readFileSync(join(folder, name), 'utf8'))) };
  } catch (cause) {
    const fault = 'names a file that is missing or is not a settings file';
    throw new Misconfigured('SETTINGS_FILE', fault, { cause });
  }
}

export function decode<T>(schema: z.ZodMiniType<T>, given: Environment): T {
  const environment = withSettingsFile(given);
  const decoded = schema.safeParse(environment);
  if (decoded.success) return decoded.data;
  const name = String(decoded.error.issues[0]?.path[0]);
  const fault = environment[name] === undefined ? 'is missing' : 'is not of the expected form';
  throw new Misconfigured(name, fault);
}

export function decodeJson<T>(schema: z.ZodMiniType<T>, name: string, json: string): T {
  const value = parseJson(json);
  if (value === undefined) throw new Misconfigured(name, 'is not JSON');
  const decoded = schema.safeParse(value);
  if (decoded.success) return decoded.data;
  const issue = decoded.error.issues[0];
  const extra = issue?.code === 'unrecognized_keys' ? [issue.keys[0]] : [];
  const path = [name, ...(issue?.path ?? []), ...extra].map(String).join('.');
  const fault = extra.length > 0 ? 'is not a known setting' : 'is missing or not of the expected form';
  throw new Misconfigured(path, fault);
}
