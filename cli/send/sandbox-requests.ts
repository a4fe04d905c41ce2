/** Looks into what the local TikTok sandbox received. */

interface LoggedRequest {
  readonly code: number | null;
  readonly body: { readonly data?: readonly { readonly event_id?: string }[] } | null;
}

const timeoutMs = 5_000;
/** OK, partial success, and "TikTok has it already". */
const accepted = new Set([0, 20001, 40050]);

export async function isInSandbox(apiUrl: string, eventId: string): Promise<boolean> {
  const response = await fetch(`${apiUrl}/_sandbox/requests?limit=100`, {
    signal: AbortSignal.timeout(timeoutMs),
    redirect: 'error',
  }).catch(() => undefined);
  if (response?.ok !== true) return false;
  const { requests } = (await response.json()) as { requests: readonly LoggedRequest[] };
  return requests.some(
    ({ code, body }) =>
      accepted.has(code ?? -1) && body?.data?.some((event) => event.event_id === eventId) === true,
  );
}
