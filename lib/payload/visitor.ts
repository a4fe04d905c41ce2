/** Picks the visitor's own IP address among the addresses that a platform recorded. */
import { BlockList, isIP } from 'node:net';
import { asText } from './values.ts';

/** TikTok accepts public addresses only. A shop behind a proxy can record the proxy's address, or 0.0.0.0 for none. */
const notPublic = new BlockList();
notPublic.addSubnet('0.0.0.0', 8);
notPublic.addSubnet('10.0.0.0', 8);
notPublic.addSubnet('100.64.0.0', 10);
notPublic.addSubnet('127.0.0.0', 8);
notPublic.addSubnet('169.254.0.0', 16);
notPublic.addSubnet('172.16.0.0', 12);
notPublic.addSubnet('192.168.0.0', 16);
notPublic.addAddress('::', 'ipv6');
notPublic.addAddress('::1', 'ipv6');
notPublic.addSubnet('fc00::', 7, 'ipv6');
notPublic.addSubnet('fe80::', 10, 'ipv6');

/** The first public address among the candidates; in a proxy's list (`client, proxy`) the first entry counts. */
export function publicIp(...candidates: readonly unknown[]): string | undefined {
  for (const candidate of candidates) {
    const ip = asText(candidate)?.split(',')[0]?.trim();
    if (ip !== undefined && isPublic(ip)) return ip;
  }
  return undefined;
}

function isPublic(ip: string): boolean {
  const version = isIP(ip);
  // A zone (`%eth0`) makes an address local to one machine.
  return version !== 0 && !ip.includes('%') && !notPublic.check(ip, version === 6 ? 'ipv6' : 'ipv4');
}
