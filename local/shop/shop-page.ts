/** The document of the demo shop, the same for every address: the tag, TikTok's base code, and the frame around the pages. */
import { manners } from './pixel/manners.ts';
import { pixelStates, type ShopSettings } from './shop-settings.ts';
import { pixelUrl, type ShopStage } from './shop-stage.ts';

/** @param host as the browser named it: the page uses no other */
export async function shopPage(host: string, settings: ShopSettings, stage: ShopStage): Promise<string> {
  const tag = await stage.tag(`http://${host}`);
  const base = settings.pixel === 'absent' ? '' : `<script>${baseCode(settings, stage)}</script>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Kiln</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/shop/assets/shop.css">
<link rel="stylesheet" href="/shop/assets/panel.css">
${tag}
${base}
</head>
<body${bodyClass(settings)}>
${frame}
${panel(settings, stage)}
<script type="application/json" id="shop-settings">${JSON.stringify({ ...settings, needsConsent: stage.consent === 'require' })}</script>
<script type="module" src="/shop/assets/shop.js"></script>
</body>
</html>
`;
}

/** Without a choice, CSS closes the panel on a phone, before any script runs. */
const bodyClass = ({ panel }: ShopSettings): string =>
  panel === false ? '' : ` class="with-panel${panel === undefined ? ' panel-auto' : ''}"`;

const frame = `<a class="skip" href="#main" data-load>Skip to the content</a>
<header>
<a class="brand" href="/shop">Kiln</a>
<nav aria-label="Shop"><a href="/shop">Pieces</a><a href="/shop/search">Search</a><a href="/shop/cart">Cart <span id="count"></span></a></nav>
<button type="button" id="panel-open" aria-expanded="false" aria-controls="panel">What leaves the page</button>
</header>
<main id="main" tabindex="-1"><noscript>The demo shop needs JavaScript.</noscript></main>
<footer>Kiln is the demo shop of TikTok Events Gateway. <a href="/" data-load>Open the console</a></footer>
<section id="consent" hidden aria-label="Consent">
<p>May this shop measure which ad brought you here?</p>
<div class="row"><button type="button" class="main" data-act="grant">Agree</button><button type="button" data-act="revoke">Decline</button></div>
</section>`;

const panel = (settings: ShopSettings, stage: ShopStage): string =>
  `<aside id="panel" aria-label="What leaves the page"${settings.panel === false ? ' hidden' : ''}>
<div class="panel-head"><h2>What leaves the page</h2><button type="button" id="panel-close">Close</button></div>
${!stage.hasCollector ? `<p class="notice">The stage ${stage.name} has no section <code>collect</code>: only the pixel sends.</p>` : ''}
<p id="waiting" class="notice" role="status" hidden></p>
<ul id="copies" tabindex="0" aria-label="Events"></ul>
<fieldset><legend>The shop</legend>
<label>TikTok’s pixel ${choice('pixel', settings.pixel, pixelStates)}</label>
<label>How the pixel’s script takes over ${choice('manner', settings.manner, manners)}</label>
${check('singlePage', settings.singlePage, 'Single-page app')}
${check('askConsent', settings.askConsent, 'Ask for consent, and hold until then')}
</fieldset>
<fieldset><legend>Consent: <span id="choice">no choice yet</span></legend>
<div class="row"><button type="button" data-act="hold">Hold</button><button type="button" data-act="grant">Grant</button><button type="button" data-act="revoke">Revoke</button></div>
</fieldset>
<button type="button" data-act="new-visitor">New visitor from an ad</button>
</aside>`;

const choice = (name: string, value: string, texts: Readonly<Record<string, string>>): string =>
  `<select name="${name}">${Object.entries(texts)
    .map(([key, text]) => `<option value="${key}"${key === value ? ' selected' : ''}>${text}</option>`)
    .join('')}</select>`;

const check = (name: string, isOn: boolean, text: string): string =>
  `<label class="check"><input type="checkbox" name="${name}"${isOn ? ' checked' : ''}> ${text}</label>`;

/** What TikTok gives a shop to paste, in other words: calls wait in the list `ttq` until the script has loaded. */
const baseCode = (settings: ShopSettings, stage: ShopStage): string => `
window.TiktokAnalyticsObject = 'ttq';
const list = (window.ttq = window.ttq || []);
list.methods = 'page track identify instances debug on off once ready alias group enableCookie disableCookie holdConsent revokeConsent grantConsent'.split(' ');
list.setAndDefer = (owner, method) => {
  owner[method] = (...values) => owner.push([method, ...values]);
};
for (const method of list.methods) list.setAndDefer(list, method);
list.instance = (code) => {
  const own = list._i[code] || [];
  for (const method of list.methods) list.setAndDefer(own, method);
  return own;
};
list.load = (code, options = {}) => {
  const url = ${JSON.stringify(pixelUrl(settings))};
  list._i = { ...list._i, [code]: Object.assign([], { _u: url }) };
  list._t = { ...list._t, [code]: Date.now() };
  list._o = { ...list._o, [code]: options };
  const script = document.createElement('script');
  script.async = true;
  script.src = url + (url.includes('?') ? '&' : '?') + 'sdkid=' + code + '&lib=ttq';
  document.head.append(script);
};
${settings.askConsent ? 'list.holdConsent();' : ''}
list.load(${JSON.stringify(stage.pixelCode)}${stage.pageViews ? ', { historyObserver: false }' : ''});
${stage.pageViews ? '' : 'list.page();'}
`;
