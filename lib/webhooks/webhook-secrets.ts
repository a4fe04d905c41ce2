/** Verifies a webhook with the secrets of its source; a secret that was just rolled is picked up without a deploy. */

import { Misconfigured } from '../errors/app-error.ts';
import { type Problem, ProblemError } from '../http/problem.ts';
import type { SecretCache } from '../secrets/secret-cache.ts';
import type { IngestSecret } from '../secrets/secret-values.ts';
import type { PreparedSource } from './prepare-source.ts';
import { checkSecrets } from './signatures/check-secrets.ts';
import type { SignedRequest, Verification } from './signatures/verification.ts';
import { verifyWebhook } from './verify-webhook.ts';

/** A signature that does not fit may be made with a new secret: the secret is read again, this often at most. */
const rereadEveryMs = 30_000;

/** A 503 problem when the secrets cannot be read, or are none that could protect the source. */
export async function verifyWithSecrets(
  source: PreparedSource,
  request: Omit<SignedRequest, 'secrets'>,
  cache: SecretCache<IngestSecret>,
): Promise<Verification | { readonly problem: Problem }> {
  try {
    return await verifyTwice(source, request, cache);
  } catch (error) {
    if (error instanceof ProblemError) return { problem: error.problem };
    throw error;
  }
}

async function verifyTwice(
  source: PreparedSource,
  request: Omit<SignedRequest, 'secrets'>,
  cache: SecretCache<IngestSecret>,
): Promise<Verification> {
  const check = (secrets: readonly string[]) => verifyWebhook({ ...request, secrets }, source.settings);
  const first = await secretsOf(source, () => cache.get());
  const verdict = check(first);
  if (verdict.ok || verdict.reason !== 'signature_mismatch') return verdict;
  const second = await secretsOf(source, () => cache.refresh(rereadEveryMs));
  return second.join('\n') === first.join('\n') ? verdict : check(second);
}

async function secretsOf(
  source: PreparedSource,
  read: () => Promise<IngestSecret>,
): Promise<readonly string[]> {
  const { webhooks } = await read().catch((cause: unknown) => {
    throw unavailable('secrets_unavailable', 'The signing secrets cannot be read at the moment.', cause);
  });
  const own = Object.hasOwn(webhooks, source.name) ? webhooks[source.name] : undefined;
  const secrets = own?.secrets ?? [];
  try {
    checkSecrets(source.name, source.settings, secrets);
  } catch (cause) {
    if (!(cause instanceof Misconfigured)) throw cause;
    const { setting, problem } = cause;
    throw unavailable('source_not_ready', `The secret ingest of this stage: ${setting} ${problem}.`, cause);
  }
  return secrets;
}

/** 503: the sender tries again, and what it sent is not lost once the secret is there. */
const unavailable = (code: string, detail: string, cause: unknown) =>
  new ProblemError({ status: 503, code, detail, headers: { 'retry-after': '30' } }, { cause });
