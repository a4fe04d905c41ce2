/** Looks for one event among the requests that the local TikTok sandbox accepted. */
import { acceptedCodes, sandboxRequests } from '../stage/sandbox.ts';

export async function isInSandbox(apiUrl: string, eventId: string): Promise<boolean> {
  const requests = await sandboxRequests(apiUrl, 100);
  return requests.some(
    ({ code, body }) =>
      acceptedCodes.has(code) && body?.data?.some((event) => event.event_id === eventId) === true,
  );
}
