/**
 * Decides whether a webhook comes from the platform that it claims: over the raw bytes, before anything is parsed.
 * A secret that was just replaced is picked up without a deploy.
 */
import { DependencyDown, Misconfigured } from '../errors/app-error.ts';
import type { ProblemCode } from '../errors/problem-codes.ts';
import type { SecretCache } from '../secrets/secret-cache.ts';
import type { IngestSecret } from '../secrets/secret-values.ts';
import type { PreparedSource } from './prepare-source.ts';
import { checkSecrets } from './signatures/check-secrets.ts';
import type { SignedRequest, Verification } from './signatures/verification.ts';

/** A signature that does not match can come from a new secret: the secret is read again, at most this often. */
const rereadEveryMs = 30_000;

/** @throws DependencyDown (503) when the secrets cannot be read, or none of them can protect the source */
export const verifyWebhook = (
  source: PreparedSource,
  request: Omit<SignedRequest, 'secrets'>,
  cache: SecretCache<IngestSecret>,
): Promise<Verification> =>
  checkSecretsOf(source, cache, (secrets) => source.platform.verify({ ...request, secrets }));

/** Checks again with fresh secrets after a mismatch. @throws DependencyDown (503) as verifyWebhook does */
export async function checkSecretsOf(
  source: PreparedSource,
  cache: SecretCache<IngestSecret>,
  check: (secrets: readonly string[]) => Verification,
): Promise<Verification> {
  const first = await usableSecrets(source, () => cache.get());
  const verdict = check(first);
  if (verdict.ok || verdict.reason !== 'signature_mismatch') return verdict;
  const second = await usableSecrets(source, () => cache.refresh(rereadEveryMs));
  return second.join('\n') === first.join('\n') ? verdict : check(second);
}

async function usableSecrets(
  source: PreparedSource,
  read: () => Promise<IngestSecret>,
): Promise<readonly string[]> {
  const { secrets = [] } = (await secretsOf(source.name, read)) ?? {};
  try {
    checkSecrets(source.name, source.platform, secrets);
  } catch (cause) {
    if (!(cause instanceof Misconfigured)) throw cause;
    throw sourceNotReady(`${cause.setting} ${cause.problem}`, cause);
  }
  return secrets;
}

/**
 * @returns the secrets of one source; undefined when the ingest secret has none
 * @throws DependencyDown (503) when the ingest secret cannot be read
 */
export async function secretsOf(source: string, read: () => Promise<IngestSecret>) {
  const { webhooks } = await read().catch((cause: unknown) => {
    throw unavailable('secrets_unavailable', 'The signing secrets cannot be read at the moment.', cause);
  });
  return Object.hasOwn(webhooks, source) ? webhooks[source] : undefined;
}

/** @returns a 503: the sender retries, so no event is lost once the secret is stored */
export const sourceNotReady = (problem: string, cause?: unknown): DependencyDown =>
  unavailable('source_not_ready', `The secret ingest of this stage: ${problem}.`, cause);

const unavailable = (code: ProblemCode, detail: string, cause: unknown): DependencyDown =>
  new DependencyDown(code, detail, { cause, retryAfterSeconds: 30 });
