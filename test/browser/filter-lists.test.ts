/** The gateway's addresses pass the filter lists that most blockers use, on the hosts that the guide recommends. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import { FiltersEngine, Request } from '@ghostery/adblocker';
import { describe, expect, test } from 'vitest';

const folder = new URL('lists/', import.meta.url);
const files = readdirSync(folder).filter((file) => file.endsWith('.br'));
const texts = files.map((file) => brotliDecompressSync(readFileSync(new URL(file, folder))).toString());
/** As a blocker does it: all lists at once, because exceptions of one hold for the others. */
const engine = FiltersEngine.parse(texts.join('\n'), { enableOptimizations: false });

type Type = 'script' | 'fetch' | 'ping';

/** @returns the rule that blocks the request, or undefined when it passes */
function blockedBy(url: string, type: Type, page = 'https://shop.example/products/mug'): string | undefined {
  const request = Request.fromRawDetails({ url, type, sourceUrl: page });
  const { match, filter } = engine.match(request);
  return match ? (filter?.rawLine ?? filter?.toString() ?? 'unnamed rule') : undefined;
}

const hash = createHash('sha256').update('any').digest('hex');
const addresses: readonly (readonly [string, Type])[] = [
  ['/v1/browser.js', 'script'],
  [`/v1/browser/${hash}.js`, 'script'],
  [`/v1/browser/${hash.slice(0, 16)}.js`, 'script'],
  ['/v1/collect', 'fetch'],
  ['/v1/collect', 'ping'],
];
const pages = [
  ['shop.example', 'https://shop.example/products/mug'],
  ['www.shop.example', 'https://www.shop.example/cart?ttclid=E.C.P.1'],
  ['my-shop.myshopify.com', 'https://my-shop.myshopify.com/collections/all'],
] as const;

describe.each(addresses)('%s, requested as %s', (path, type) => {
  test.each(pages)('passes on the host of the page, %s', (host, page) => {
    expect(blockedBy(`https://${host}${path}`, type, page)).toBeUndefined();
  });

  test.each(['events.shop.example', 'e.shop.example', 'gateway.shop.example'])(
    'passes on the subdomain %s',
    (host) => {
      expect(blockedBy(`https://${host}${path}`, type)).toBeUndefined();
      expect(blockedBy(`https://${host}${path}`, type, 'https://www.shop.example/')).toBeUndefined();
    },
  );
});

test.each(['track', 'analytics'])(
  'EasyPrivacy blocks /v1/collect on hosts named %s, as the guide says',
  (name) => {
    expect(blockedBy(`https://${name}.shop.example/v1/collect`, 'fetch')).toContain(`${name}\\.`);
  },
);

test.each(['https://shop.example/v1/pixel.js', 'https://events.shop.example/v1/pixel.js'])(
  'EasyPrivacy blocks %s, so the script has another name',
  (url) => {
    expect(blockedBy(url, 'script')).toBe('/v1/pixel.js');
  },
);

test('the lists block beacons to another site, where the gateway has no host of the shop', () => {
  const api = 'https://a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com/v1/collect';
  expect(blockedBy(api, 'ping')).toBe('$ping,3p');
  expect(blockedBy(api, 'fetch')).toBeUndefined();
});

test("the lists block TikTok's pixel itself", () => {
  expect(blockedBy('https://analytics.tiktok.com/i18n/pixel/events.js', 'script')).toBeDefined();
});

test.each(files)('the kept list %s is whole and as its README says', (file) => {
  const text = texts[files.indexOf(file)] ?? '';
  const row = readFileSync(new URL('README.md', folder), 'utf8')
    .split('\n')
    .find((line) => line.includes(`\`${file}\``));
  expect(row).toContain(`| ${text.split('\n').length.toLocaleString('en-US')} |`);
  expect(row).toContain(createHash('sha256').update(text).digest('hex').slice(0, 16));
});
