/** The last requests that the local TikTok sandbox answered, oldest first; none when it cannot be asked. */

export interface SandboxAnswer {
  /** ISO 8601. */
  readonly at: string;
  readonly status: number | null;
  /** TikTok's code; null when the answer had none. */
  readonly code: number | null;
  readonly events: number;
}

const timeoutMs = 5_000;

export async function sandboxRequests(apiUrl: string): Promise<readonly SandboxAnswer[]> {
  const response = await fetch(`${apiUrl}/_sandbox/requests?limit=1000`, {
    signal: AbortSignal.timeout(timeoutMs),
  }).catch(() => undefined);
  if (response?.ok !== true) return [];
  const { requests } = (await response.json()) as { requests: readonly SandboxAnswer[] };
  return requests;
}
