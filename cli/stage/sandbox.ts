/** Reads what the local TikTok sandbox received and answered. */

export interface SandboxRequest {
  /** ISO 8601. */
  readonly at: string;
  readonly status: number | null;
  /** TikTok's code; null when the answer had none. */
  readonly code: number | null;
  readonly message: string;
  /** The number of events in the request. */
  readonly events: number;
  readonly body: {
    readonly event_source_id?: string;
    readonly data?: readonly { readonly event_id?: string }[];
  } | null;
}

const timeoutMs = 5_000;

/** The codes after which TikTok has the events: OK, partial success, and "TikTok has it already". */
export const acceptedCodes: ReadonlySet<number | null> = new Set([0, 20001, 40050]);

/** @returns the last requests, oldest first; none when the sandbox does not answer */
export async function sandboxRequests(apiUrl: string, limit: number): Promise<readonly SandboxRequest[]> {
  const response = await fetch(`${apiUrl}/_sandbox/requests?limit=${limit}`, {
    signal: AbortSignal.timeout(timeoutMs),
    redirect: 'error',
  }).catch(() => undefined);
  if (response?.ok !== true) return [];
  const { requests } = (await response.json()) as { requests: readonly SandboxRequest[] };
  return requests;
}
