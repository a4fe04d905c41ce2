/** The tag of a stage with a collector: the HTML to paste, and where. */
import { browserSettingsOf } from '../../lib/config/collect/browser-stage.ts';
import type { StageSettings } from '../../lib/config/stage.ts';

export interface StageTag {
  readonly html: string;
  /** The host that the tag names: the shop's own. */
  readonly origin: string;
}

/** @returns undefined for a stage without a collector */
export async function stageTag(
  stage: StageSettings,
  { integrity = false }: { readonly integrity?: boolean | undefined },
): Promise<StageTag | undefined> {
  const settings = await browserSettingsOf(stage);
  const [origin] = stage.collect?.origins ?? [];
  if (settings === undefined || origin === undefined) return undefined;
  const { buildBrowser } = await import('../../scripts/browser/browser-script.ts');
  const built = await buildBrowser(settings);
  const html = built.tag(origin);
  const hashed = `${origin}/v1/browser/${built.hash}.js" integrity="${built.integrity}"`;
  return { origin, html: integrity ? html.replace(`${origin}/v1/browser.js"`, () => hashed) : html };
}

export const describeTag = ({ html, origin }: StageTag): string =>
  [
    "The tag, for the head of every page, above TikTok's base code and your tag manager:",
    '',
    html,
    '',
    `It names ${origin}, whose CDN forwards /v1/browser* and /v1/collect to the stage. If the stage answers on a subdomain,`,
    'name that instead: docs/sources/browser.md#where-the-gateway-answers.',
  ].join('\n');
