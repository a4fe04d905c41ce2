/** Picks the visitor's own IP address among the addresses that a platform recorded. */
import { isPublicAddress, toIpAddress } from '../privacy/ip-address.ts';
import { asText, firstText } from './values.ts';

/**
 * TikTok accepts public addresses only. A shop behind a proxy can record the proxy's address, or 0.0.0.0 for none.
 * @returns the first public address among the candidates, also within a proxy's list (`client, proxy`)
 */
export function publicIp(...candidates: readonly unknown[]): string | undefined {
  for (const candidate of candidates) {
    for (const entry of (asText(candidate) ?? '').split(',', maxEntries)) {
      const ip = toIpAddress(entry);
      if (ip !== undefined && isPublicAddress(ip)) return ip;
    }
  }
  return undefined;
}

/** More proxies than any request passes. */
const maxEntries = 20;

/**
 * @param candidates languages, or the header Accept-Language, whose first entry counts (`en-GB,en;q=0.8`; `*` is none)
 * @returns the first language
 */
export const visitorLocale = (...candidates: readonly unknown[]): string | undefined =>
  firstText(...candidates.map((candidate) => asText(candidate)?.split(/[,;*]/, 1)[0]));

/** @returns like `publicIp`; without a public address the first text, which the decoder of events omits, saying why */
export const visitorIp = (...candidates: readonly unknown[]): string | undefined =>
  publicIp(...candidates) ?? firstText(...candidates);
