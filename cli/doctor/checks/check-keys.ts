/** The API keys and webhook secrets of a stage: present, long enough, not expired, and stored as digests. */
import { type ApiKey, minSecretLength } from '../../../lib/secrets/api-key.ts';
import type { IngestSecret } from '../../../lib/secrets/secret-values.ts';
import { platformNamed } from '../../../lib/webhooks/platforms.ts';
import type { SourceSettings } from '../../../lib/webhooks/source-settings.ts';
import { commandLine } from '../../terminal/command-line.ts';
import type { DoctorCheck } from '../context.ts';
import { type Finding, fine, problem, warning } from '../finding.ts';

const subject = 'secret ingest';
const soonMs = 14 * 24 * 3_600_000;

export const checkIngestSecret: DoctorCheck = async ({ stage, ingest, settings, now }) => {
  const { keys, webhooks } = await ingest();
  const sources = Object.keys((await settings()).sources).flatMap((name) =>
    checkSource(name, webhooks[name]?.secrets ?? [], stage),
  );
  const tokens = Object.entries((await settings()).sources).flatMap(([name, source]) =>
    checkApiToken(name, source, webhooks[name]?.api_token, stage.name),
  );
  // Keys and secrets of the stage local are in its documentation.
  const aging = stage.isLocal ? [] : keys.flatMap((key) => checkKey(key, stage.name, now()));
  return [listKeys(keys, stage.name), ...aging, ...sources, ...tokens];
};

function listKeys(keys: IngestSecret['keys'], stage: string): Finding {
  if (keys.length > 0) return fine(subject, `API keys: ${keys.map(({ id }) => id).join(', ')}.`);
  const add = commandLine(`keys add backend --stage ${stage}`);
  return problem(subject, 'There is no API key, so no one can send events.', `Make one: ${add}.`);
}

function checkKey({ id, expiresAtMs, isShort, isClear }: ApiKey, stage: string, nowMs: number): Finding[] {
  const key = `API key ${id}`;
  const replace = `Make another, give it to the sender, then revoke this one: ${commandLine(`keys add --stage ${stage}`)}, ${commandLine(`keys revoke ${id} --stage ${stage}`)}.`;
  const found: Finding[] = [];
  if (expiresAtMs <= nowMs)
    found.push(warning(key, `The key expired on ${dateOf(expiresAtMs)}: its sender is refused.`, replace));
  else if (expiresAtMs - nowMs <= soonMs)
    found.push(warning(key, `The key expires on ${dateOf(expiresAtMs)}.`, replace));
  if (isShort)
    found.push(
      warning(key, `The key has fewer than ${minSecretLength} characters: it can be guessed.`, replace),
    );
  if (isClear)
    found.push(
      warning(
        key,
        'The secret contains the key itself, not its digest.',
        `Each ${commandLine(`keys add --stage ${stage}`)} or ${commandLine(`keys revoke ${id} --stage ${stage}`)} replaces all keys in clear by their digests.`,
      ),
    );
  return found;
}

const dateOf = (atMs: number): string => new Date(atMs).toISOString();

function checkSource(
  name: string,
  secrets: readonly string[],
  stage: { readonly name: string; readonly isLocal: boolean },
): Finding[] {
  const add = commandLine(`keys add --stage ${stage.name} --webhook ${name}`);
  if (!secrets.some((secret) => secret !== ''))
    return [
      problem(
        `source ${name}`,
        'The source has no signing secret: all its webhooks are refused.',
        `Copy the secret that the platform shows: ${add}.`,
      ),
    ];
  if (stage.isLocal || secrets.every((secret) => secret.length >= minSecretLength)) return [];
  return [
    warning(
      `source ${name}`,
      `A signing secret has fewer than ${minSecretLength} characters: it can be guessed from a signature.`,
      `Let the platform make a longer one, add it with ${add}, and revoke the short one.`,
    ),
  ];
}

/** Platforms whose webhooks name only the order are asked for the order itself. */
function checkApiToken(
  name: string,
  settings: SourceSettings,
  token: string | undefined,
  stage: string,
): Finding[] {
  if (platformNamed(settings.platform).bind(settings).fetch === undefined || token !== undefined) return [];
  return [
    problem(
      `source ${name}`,
      "The source has no API token: its orders cannot be read from the platform's API.",
      `Copy the token that the platform shows: ${commandLine(`keys add --stage ${stage} --webhook ${name} --api-token`)}.`,
    ),
  ];
}
