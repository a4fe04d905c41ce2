/** `keys list`: the contents of the ingest secret, without a key or a secret. */
import { ingestSecretName } from '../../lib/secrets/names.ts';
import { decodeIngest } from '../../lib/secrets/secret-values.ts';
import { openStage } from '../stage/stage.ts';
import type { SharedOptions } from '../stage/stage-command.ts';
import { commandLine } from '../terminal/command-line.ts';
import { showResult, table } from '../terminal/output.ts';
import { tail } from './ingest-edits.ts';

export async function list(options: SharedOptions): Promise<void> {
  const stage = openStage(options);
  const name = ingestSecretName(stage.secretsPrefix);
  const { keys, webhooks } = decodeIngest(name, await (await stage.secrets()).read(name));
  const result = {
    keys: keys.map(({ id, digest, destinations, createdAt = null, expiresAtMs }) => ({
      id,
      digest_end: Buffer.from(digest).toString('hex').slice(-4),
      destinations,
      created_at: createdAt,
      expires_at: Number.isFinite(expiresAtMs) ? new Date(expiresAtMs).toISOString() : null,
      expired: expiresAtMs <= Date.now(),
    })),
    webhooks: Object.entries(webhooks).flatMap(([source, { secrets }]) =>
      secrets.map((secret) => ({ source, digest_end: tail(secret) })),
    ),
    api_tokens: Object.entries(webhooks).flatMap(([source, { api_token }]) =>
      api_token === undefined ? [] : [{ source, digest_end: tail(api_token) }],
    ),
  };
  const rows = [
    ...result.keys.map((key) => [
      'key',
      key.id,
      key.digest_end,
      key.destinations.join(' '),
      day(key.created_at),
      key.expired ? `expired ${day(key.expires_at)}` : day(key.expires_at),
    ]),
    ...result.webhooks.map(({ source, digest_end }) => ['webhook', source, digest_end]),
    ...result.api_tokens.map(({ source, digest_end }) => ['API token', source, digest_end]),
  ];
  const empty = `Stage ${stage.name} has no keys yet: make one with ${commandLine(`keys add backend --stage ${stage.name}`)}.`;
  const heading = ['kind', 'id', 'digest ends', 'destinations', 'created', 'expires'];
  showResult(options.json === true, result, () => (rows.length > 0 ? table([heading, ...rows]) : empty));
}

const day = (date: string | null): string => date?.slice(0, 10) ?? '-';
