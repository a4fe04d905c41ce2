/**
 * Plays TikTok's `main.js`, the second script of the pixel: takes over `ttq` in one of four manners, drains the queue, sends
 * page views on history changes, and posts what it would send to TikTok to the path `?to=`.
 */
(() => {
  const query = new URL(document.currentScript.src).searchParams;
  const manner = query.get('manner') || 'methods';
  const to = query.get('to') || '/shop/pixel/copies';
  const name = window.TiktokAnalyticsObject || 'ttq';
  const list = window[name];
  const codes = Object.keys(list._i || {});
  const options = list._o || {};
  const identity = {};
  let held;

  const cookie = (key) =>
    document.cookie
      .split('; ')
      .find((part) => part.startsWith(`${key}=`))
      ?.slice(key.length + 1);
  const random = (size) =>
    Array.from(
      crypto.getRandomValues(new Uint8Array(size)),
      (byte) => 'abcdefghjkmnpqrstvwxyz0123456789'[byte % 32],
    ).join('');

  /** The pixel's cookies are for the whole site; `localhost` and addresses take no domain. */
  const site = /\.\D+$/.test(location.hostname)
    ? `; domain=${location.hostname.split('.').slice(-2).join('.')}`
    : '';

  function setCookie(key, value) {
    // biome-ignore lint/suspicious/noDocumentCookie: TikTok's pixel does the same.
    document.cookie = `${key}=${value}; path=/; max-age=33696000; samesite=lax${site}`;
  }

  function setCookies() {
    if (!cookie('_ttp')) setCookie('_ttp', `01${random(24).toUpperCase()}_.tt.1`);
    setCookie('_tt_enable_cookie', '1');
    const click = new URL(location.href).searchParams.get('ttclid');
    if (click) setCookie('ttclid', click);
  }

  function send(code, event, properties, { event_id: id = '' } = {}) {
    const body = JSON.stringify({
      event,
      // TikTok's pixel invents no id.
      event_id: `${id ?? ''}`,
      message_id: `messageId-${Date.now()}-${random(13)}-${code}`,
      timestamp: new Date().toISOString(),
      context: {
        ad: { sdk_env: 'external', jsb_status: 2 },
        user: { anonymous_id: cookie('_ttp'), ...identity },
        pixel: { code, runtime: '1' },
        page: { url: location.href, referrer: document.referrer },
        library: { name: 'pixel.js', version: '2.2.1' },
        userAgent: navigator.userAgent,
      },
      properties: properties || {},
    });
    fetch(to, { method: 'POST', body, keepalive: true }).catch(() => {});
  }

  /** Digests are ready for the events that follow, as in the pixel; `external_id` leaves as given. */
  async function identify(given) {
    if (given.external_id) identity.external_id = given.external_id;
    for (const key of ['email', 'phone_number']) {
      if (!given[key] || !crypto.subtle) continue;
      const bytes = new TextEncoder().encode(given[key].trim().toLowerCase());
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
      identity[key] = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
    }
  }

  function track(code, event, properties, settings = {}) {
    if (held) return held.push([code, event, properties, settings]);
    const one = code || settings.pixel_code;
    for (const each of one ? [one] : codes) send(each, event, properties, settings);
  }

  /** What each public method does; `code` is set on an instance. */
  const actions = {
    track,
    page: (code) => track(code, 'Pageview', {}),
    identify: (_, given) => void identify(given || {}),
    holdConsent: () => {
      held ??= [];
    },
    grantConsent: () => {
      const waiting = held || [];
      held = undefined;
      setCookies();
      for (const call of waiting) track(...call);
    },
    revokeConsent: () => {
      held = [];
    },
  };
  const run = (code, [method, ...values]) => actions[method]?.(code, ...values);

  /** Puts the methods on an object, as the manner says. */
  function takeOver(owner, code) {
    const put = (key, value) => {
      if (manner === 'property')
        Object.defineProperty(owner, key, { value, configurable: true, writable: true });
      else owner[key] = value;
    };
    for (const method of list.methods) put(method, (...values) => run(code, [method, ...values]));
    put('push', (...items) => {
      for (const item of items) run(code, item);
    });
    return owner;
  }

  /** @returns the public object and what waited: `[code, item]` */
  function takeOverAll() {
    const waiting = list.splice(0).map((item) => [undefined, item]);
    const instances = {};
    for (const code of codes) {
      const own = list._i[code];
      for (const item of own.splice?.(0) || []) waiting.push([code, item]);
      instances[code] = takeOver(manner === 'object' ? {} : own, code);
    }
    const pixel = takeOver(
      manner === 'object' ? { methods: list.methods, _i: instances, _o: options } : list,
    );
    const instance = (code) => instances[code] || takeOver({}, code);
    if (manner === 'property')
      Object.defineProperty(pixel, 'instance', { value: instance, configurable: true });
    else pixel.instance = instance;
    return [pixel, waiting];
  }

  function watchHistory() {
    const observing = codes.filter((code) => options[code]?.historyObserver !== false);
    for (const method of ['pushState', 'replaceState']) {
      const inner = history[method];
      history[method] = function (...values) {
        inner.apply(this, values);
        for (const code of observing) track(code, 'Pageview', {});
      };
    }
  }

  /** An event that an advertiser built in TikTok's Events Manager for an element of the page. */
  function watchClicks() {
    document.addEventListener('click', ({ target }) => {
      const element = target instanceof Element && target.closest('[data-events-manager]');
      if (!element) return;
      const { eventsManager } = element.dataset;
      window[window.TiktokAnalyticsObject]
        .instance(codes[0])
        .track(eventsManager, { pixelMethod: 'standard' });
    });
  }

  const [pixel, waiting] = takeOverAll();
  if (manner === 'object') window[name] = pixel;
  for (const [code, item] of waiting)
    if (manner === 'replay') (code ? pixel.instance(code) : pixel)[item[0]](...item.slice(1));
    else run(code, item);
  if (!held) setCookies();
  watchHistory();
  watchClicks();
})();
