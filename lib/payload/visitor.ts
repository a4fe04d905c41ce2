/** Picks the visitor's own IP address among the addresses that a platform recorded. */
import { isPublicAddress, toIpAddress } from '../privacy/ip-address.ts';
import { asText } from './values.ts';

/**
 * TikTok accepts public addresses only. A shop behind a proxy can record the proxy's address, or 0.0.0.0 for none.
 * @returns the first public address among the candidates; in a proxy's list (`client, proxy`) the first entry counts
 */
export function publicIp(...candidates: readonly unknown[]): string | undefined {
  for (const candidate of candidates) {
    const ip = toIpAddress(asText(candidate) ?? '');
    if (ip !== undefined && isPublicAddress(ip)) return ip;
  }
  return undefined;
}
