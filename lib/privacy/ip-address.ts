/** Internet addresses as servers and proxies record them. */
import { BlockList, isIP } from 'node:net';
import { lazily } from '../schema/lazy/lazily.ts';
import { cleanText } from './clean-text.ts';

/** The pair of RFC 7239's `Forwarded` header that names the client. */
const forwardedFor = /(?:^|;)\s*for\s*=([^;]*)/i;
const quotes = /^"(.*)"$/s;
const brackets = /^\[([^\]]+)\](?::\d{1,5})?$/;
const portOfV4 = /^([\d.]+):\d{1,5}$/;
/** Only behind all eight groups is it a port: `2001:db8::1:443` is an address by itself. */
const portOfV6 = /^((?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}):\d{1,5}$/i;
/** Postgres writes a single host of the type `inet` this way. */
const hostMask = /^(?:([\d.]+)\/32|([\da-f:.]+)\/128)$/i;

/**
 * Reads one address, without its port, brackets and host mask; of a proxy's list (`client, proxy`), the first entry. An
 * IPv4 address in IPv6 notation (`::ffff:203.0.113.9`) becomes IPv4.
 * @returns an IPv4 or IPv6 address; undefined for any other text
 */
export function toIpAddress(text: string): string | undefined {
  if (isIP(text) === 4) return text;
  const [client = ''] = cleanText(text).split(',', 1);
  const entry = (forwardedFor.exec(client)?.[1] ?? client).trim().replace(quotes, '$1');
  const ip = withoutPort(entry);
  // Node accepts a zone (`fe80::1%eth0`) as part of an address; it has a meaning on the sender's machine only.
  return isIP(ip) !== 0 && !ip.includes('%') ? toIPv4(ip) : undefined;
}

function withoutPort(entry: string): string {
  for (const form of [brackets, portOfV4, portOfV6, hostMask]) {
    const found = form.exec(entry);
    if (found !== null) return found[1] ?? found[2] ?? '';
  }
  return entry;
}

const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/;

/** @returns the IPv4 address that an IPv6 address contains; any other address as it is */
function toIPv4(ip: string): string {
  if (!/ffff:/i.test(ip)) return ip;
  // The host of a URL has the one canonical form: `[::ffff:cb00:7109]`.
  const groups = mapped.exec(URL.parse(`http://[${ip}]`)?.hostname.slice(1, -1) ?? '');
  if (groups === null) return ip;
  return [groups[1], groups[2]]
    .map((group) => Number.parseInt(group ?? '', 16))
    .flatMap((bits) => [bits >> 8, bits & 0xff])
    .join('.');
}

/** IANA's special-purpose registry; the documentation ranges are left out, so that examples work. */
const notPublic = lazily(() => {
  const list = new BlockList();
  list.addSubnet('0.0.0.0', 8);
  list.addSubnet('10.0.0.0', 8);
  list.addSubnet('100.64.0.0', 10);
  list.addSubnet('127.0.0.0', 8);
  list.addSubnet('169.254.0.0', 16);
  list.addSubnet('172.16.0.0', 12);
  list.addSubnet('192.0.0.0', 24);
  list.addSubnet('192.168.0.0', 16);
  list.addSubnet('198.18.0.0', 15);
  list.addSubnet('224.0.0.0', 3);
  return list;
});

/** The first numbers of these ranges: an address with another one needs no look at the list, which takes ten times as long. */
const firstNumbers: ReadonlySet<number> = new Set([0, 10, 100, 127, 169, 172, 192, 198]);
const firstReserved = 224;

const isPublicV4 = (ip: string): boolean => {
  const first = Number.parseInt(ip, 10);
  return (first < firstReserved && !firstNumbers.has(first)) || !notPublic().check(ip);
};

/** IPv6 has one range for public addresses. */
const globalUnicast = lazily(() => {
  const list = new BlockList();
  list.addSubnet('2000::', 3, 'ipv6');
  return list;
});

/** @param ip from `toIpAddress`. @returns false for private, loopback, link-local, shared, multicast and reserved addresses, which name no visitor */
export function isPublicAddress(ip: string): boolean {
  const address = toIPv4(ip);
  const version = isIP(address);
  if (version === 6) return globalUnicast().check(address, 'ipv6');
  return version === 4 && isPublicV4(address);
}
