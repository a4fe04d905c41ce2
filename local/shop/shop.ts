/**
 * The demo shop at `/shop`: a small shop with the tag, the base code of TikTok's pixel and a stub of the pixel itself. Its pages
 * use the host of their own address for everything, because localhost and 127.0.0.1 are two sites for a browser.
 */
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { parseJson } from '../../lib/schema/parse-json.ts';
import { discardBody, readBody } from '../api-gateway/read-body.ts';
import type { LocalStage } from '../stage/local-stage.ts';
import type { CopyMemory } from './copies.ts';
import { pixelScripts } from './pixel/manners.ts';
import { shopPage } from './shop-page.ts';
import { changedSettings, firstSettings, type ShopSettings } from './shop-settings.ts';
import { pixelFolder, pixelPosts, type ShopStage, shopStage } from './shop-stage.ts';

export interface Shop {
  /** Answers the paths of `isShopPath`. */
  answer(request: IncomingMessage, response: ServerResponse): Promise<void>;
  useStage(stage: LocalStage): void;
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string | Buffer;
}

/** Names of the files in `page/`. */
const assets = [
  'shop.css',
  'panel.css',
  'shop.js',
  'cart.js',
  'catalog.js',
  'html.js',
  'panel.js',
  'tracking.js',
  'views.js',
];
const files: ReadonlyMap<string, URL> = new Map([
  ...assets.map((name) => [`/shop/assets/${name}`, new URL(`page/${name}`, import.meta.url)] as const),
  ...pixelScripts.map(
    (name) => [`${pixelFolder}/${name}`, new URL(`pixel/${name}`, import.meta.url)] as const,
  ),
]);
const types: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
};
/** A pixel's event, or a change of the settings. */
const maxBodyBytes = 64 * 1024;

export const isShopPath = (path: string): boolean => path === '/shop' || path.startsWith('/shop/');

export function createShop(copies: CopyMemory): Shop {
  let stage: ShopStage | undefined;
  let settings: ShopSettings = firstSettings;

  const change = (body: unknown): Answer => {
    const changed = changedSettings(settings, body);
    settings = changed ?? settings;
    return changed === undefined ? plain(400, 'A setting or its value is unknown.') : plain(204, '');
  };

  const post = async (request: IncomingMessage, path: string): Promise<Answer> => {
    const bytes = await readBody(request, maxBodyBytes);
    if (bytes === 'too-large') {
      discardBody(request);
      return plain(413, 'The body can have 64 KiB at most.');
    }
    const body = parseJson(bytes.toString('utf8'));
    if (path === '/shop/settings') return change(body);
    if (path !== pixelPosts) return notFound;
    copies.pixelSent(body);
    return plain(200, '');
  };

  const get = async ({ headers }: IncomingMessage, path: string): Promise<Answer> => {
    const file = files.get(path);
    if (file !== undefined) return { status: 200, type: typeOf(path), body: await readFile(file) };
    if (stage === undefined || path.startsWith('/shop/assets/') || path.startsWith(`${pixelFolder}/`))
      return notFound;
    if (path === '/shop/copies') return json({ events: stage.judged(copies.list()) });
    const body = await shopPage(headers.host ?? '', settings, stage);
    return { status: 200, type: 'text/html; charset=utf-8', body };
  };

  return {
    useStage: (next) => {
      stage = shopStage(next);
      settings = { ...settings, askConsent: stage.consent === 'require' };
    },
    answer: async (request, response) => {
      const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
      // A blocker ends the request without an answer, too.
      if (path.startsWith(`${pixelFolder}/blocked/`)) return void response.destroy();
      const isRead = request.method === 'GET' || request.method === 'HEAD';
      const { status, type, body } = await (isRead ? get(request, path) : post(request, path));
      response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' });
      response.end(request.method === 'HEAD' ? undefined : body);
    },
  };
}

const plain = (status: number, body: string): Answer => ({ status, type: 'text/plain; charset=utf-8', body });
const json = (value: object): Answer => ({
  status: 200,
  type: 'application/json',
  body: JSON.stringify(value),
});
const notFound = plain(404, 'The demo shop has no such page.');
const typeOf = (path: string): string => types[path.split('.').pop() ?? ''] ?? 'text/plain';
