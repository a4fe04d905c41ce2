/** Internet addresses as servers and proxies record them. */
import { isIP } from 'node:net';

/** @returns an IPv4 or IPv6 address without its port; undefined for any other text */
export function toIpAddress(text: string): string | undefined {
  const ip = text.trim();
  // Node accepts a zone (`fe80::1%eth0`) as part of an address; it has a meaning on the sender's machine only.
  return isIP(ip) !== 0 && !ip.includes('%') ? ip : undefined;
}

/** @param ip from `toIpAddress`. @returns false for private, loopback, link-local and shared addresses, which name no visitor */
export function isPublicAddress(ip: string): boolean {
  return isIP(ip) !== 0;
}
