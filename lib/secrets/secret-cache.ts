/** Keeps a decoded secret in memory: one read in flight, five minutes fresh, and stale values while reads fail. */

export interface SecretCacheOptions<Value> {
  /** Reads and decodes the secret; may throw. */
  readonly load: () => Promise<Value>;
  readonly now: () => number;
  /** How long an old value stays usable while `load` fails, in milliseconds since its last successful read. */
  readonly staleMs: number;
  /** Called for each failed read; `isStale` says that an old value stays in use. */
  readonly onFailure?: (error: unknown, isStale: boolean) => void;
}

export interface SecretCache<Value> {
  /** The value, at most five minutes old unless reads fail. Throws the read's error when no value is usable. */
  get(): Promise<Value>;
  /** Reads again, unless a read ended less than `minAgeMs` ago; joins a read in progress. Otherwise the same as `get`. */
  refresh(minAgeMs?: number): Promise<Value>;
}

const freshMs = 300_000;
/** The pause after a failed read, so that an outage of Secrets Manager does not cause a call per event. */
const retryAfterFailureMs = 1_000;

export function createSecretCache<Value>({
  load,
  now,
  staleMs,
  onFailure,
}: SecretCacheOptions<Value>): SecretCache<Value> {
  let kept: { value: Value; atMs: number } | undefined;
  let attemptedAtMs = Number.NEGATIVE_INFINITY;
  let failure: unknown;
  let inFlight: Promise<void> | undefined;

  const isUsable = (old: { readonly atMs: number }): boolean => now() - old.atMs <= staleMs;

  async function read(): Promise<void> {
    try {
      kept = { value: await load(), atMs: now() };
      failure = undefined;
    } catch (error) {
      failure = error;
      onFailure?.(error, kept !== undefined && isUsable(kept));
    } finally {
      attemptedAtMs = now();
      inFlight = undefined;
    }
  }

  async function readUnlessRecent(minAgeMs: number): Promise<Value> {
    if (now() - attemptedAtMs >= minAgeMs) inFlight ??= read();
    await inFlight;
    if (kept !== undefined && (failure === undefined || isUsable(kept))) return kept.value;
    throw failure;
  }

  return {
    get: () => readUnlessRecent(failure === undefined ? freshMs : retryAfterFailureMs),
    refresh: (minAgeMs = 0) => readUnlessRecent(minAgeMs),
  };
}
