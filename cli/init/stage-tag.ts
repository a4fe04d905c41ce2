/** The tag of a stage with a collector: the HTML to paste, and where. */
import type { BrowserSettings } from '../../lib/collect/wire.ts';
import { browserSettingsOf } from '../../lib/config/collect/browser-stage.ts';
import type { StageSettings } from '../../lib/config/stage.ts';
import type { Stage } from '../stage/stage.ts';

export interface StageTag {
  readonly html: string;
  /** What its address means, and when it must be another. */
  readonly note: string;
}

interface Options {
  readonly integrity?: boolean | undefined;
}

/** @returns undefined for a stage without a collector */
export async function stageTag(stage: StageSettings, options: Options): Promise<StageTag | undefined> {
  const settings = await browserSettingsOf(stage);
  const [origin] = stage.collect?.origins ?? [];
  if (settings === undefined || origin === undefined) return undefined;
  return { html: await tagHtml(settings, origin, options), note: deployedNote(origin) };
}

/** @returns the tag of what `npm start` runs; undefined for a stage without a collector */
export async function localTag(stage: Stage, options: Options): Promise<StageTag | undefined> {
  const [settings, url] = await Promise.all([stage.localSettings(), stage.apiUrl()]);
  if (settings?.browser === undefined) return undefined;
  return { html: await tagHtml(settings.browser, url, options), note: localNote(url) };
}

async function tagHtml(
  settings: BrowserSettings,
  origin: string,
  { integrity = false }: Options,
): Promise<string> {
  const { buildBrowser } = await import('../../scripts/browser/browser-script.ts');
  const built = await buildBrowser(settings);
  const html = built.tag(origin);
  const hashed = `${origin}/v1/browser/${built.hash}.js" integrity="${built.integrity}"`;
  return integrity ? html.replace(`${origin}/v1/browser.js"`, () => hashed) : html;
}

export const describeTag = ({ html, note }: StageTag): string =>
  [
    "The tag, for the head of every page, above TikTok's base code and your tag manager:",
    '',
    html,
    '',
    note,
  ].join('\n');

const deployedNote = (origin: string): string =>
  [
    `It names ${origin}, whose CDN forwards /v1/browser* and /v1/collect to the stage. If the stage answers on a subdomain,`,
    'name that instead: docs/sources/browser.md#where-the-gateway-answers.',
  ].join('\n');

const localNote = (url: string): string =>
  [
    `It names ${url}, where npm start answers. Open your page on the same host, on any port: for browsers, localhost and`,
    '127.0.0.1 are two sites. See docs/local.md#your-own-page.',
  ].join('\n');
