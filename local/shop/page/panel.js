/** The panel beside the shop: what left the page, and how the pixel, the pages and the visitor's consent behave. */
import { html } from './html.js';
import { consent } from './tracking.js';

const pollMs = 1000;
const choiceKey = 'demo-consent';
/** The same width as in panel.css: there, the panel covers the shop. */
const phone = '(max-width: 40rem)';
const panel = document.getElementById('panel');
const opener = document.getElementById('panel-open');

/** @param settings as the server baked them into the page */
export function openPanel(settings) {
  const isOpen = settings.panel ?? !matchMedia(phone).matches;
  settings.panel = isOpen;
  setOpen(isOpen, settings);
  document.body.classList.remove('panel-auto');
  opener.addEventListener('click', () => setOpen(panel.hidden, settings));
  document.getElementById('panel-close').addEventListener('click', () => {
    setOpen(false, settings);
    opener.focus();
  });
  panel.addEventListener('change', ({ target }) => save({ [target.name]: chosen(target) }).then(reload));
  document.addEventListener('click', ({ target }) =>
    act(target.closest('[data-act]')?.dataset.act, settings),
  );
  applyChoice(settings);
  void poll();
}

const chosen = (field) => (field.type === 'checkbox' ? field.checked : field.value);
const reload = () => location.reload();

function setOpen(isOpen, settings) {
  panel.hidden = !isOpen;
  document.body.classList.toggle('with-panel', isOpen);
  opener.setAttribute('aria-expanded', String(isOpen));
  if (isOpen !== settings.panel) void save({ panel: isOpen });
  settings.panel = isOpen;
}

const save = (change) =>
  fetch('/shop/settings', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(change),
  });

/** What a consent manager does on every page: it repeats the visitor's choice. */
function applyChoice(settings) {
  const choice = localStorage.getItem(choiceKey);
  const needsChoice = settings.askConsent || settings.needsConsent;
  document.getElementById('consent').hidden = !settings.askConsent || choice !== null;
  showChoice(settings);
  if (needsChoice && choice === 'granted') consent('grantConsent');
  if (needsChoice && choice === 'denied') consent('revokeConsent');
}

/** Says why nothing leaves the page, and what to press. */
function showChoice({ askConsent, needsConsent }) {
  const choice = localStorage.getItem(choiceKey);
  document.getElementById('choice').textContent = choice ?? 'no choice yet';
  const waits = isHeld || (choice === null && (askConsent || needsConsent));
  const waiting = document.getElementById('waiting');
  waiting.hidden = choice !== 'denied' && !waits;
  waiting.textContent = choice === 'denied' ? declined : needsConsent && !isHeld ? required : held;
}

let isHeld = false;
const declined = 'The visitor declined: nothing leaves the page. Press “Grant” to send what comes next.';
const held = 'Events wait in the page until the visitor agrees. Press “Grant” to send them.';
const required = `The stage has consent: require. ${held}`;

function act(name, settings) {
  if (name === 'new-visitor') return newVisitor();
  if (name !== 'grant' && name !== 'revoke' && name !== 'hold') return;
  consent(`${name}Consent`);
  if (name === 'hold') localStorage.removeItem(choiceKey);
  else localStorage.setItem(choiceKey, name === 'grant' ? 'granted' : 'denied');
  isHeld = name === 'hold';
  document.getElementById('consent').hidden = true;
  showChoice(settings);
}

/** Forgets everything about the visitor, who then comes from an ad. */
function newVisitor() {
  localStorage.clear();
  sessionStorage.clear();
  for (const text of document.cookie.split('; ')) {
    const expired = `${text.split('=')[0]}=; path=/; max-age=0`;
    // biome-ignore lint/suspicious/noDocumentCookie: not every browser has the Cookie Store API.
    document.cookie = expired;
  }
  location.assign(`/shop?ttclid=E.C.P.demo-${Date.now()}`);
}

async function poll() {
  try {
    if (!panel.hidden && !document.hidden) await showCopies();
  } catch {
    // The gateway was stopped, or starts again: the next look finds it.
  }
  setTimeout(poll, pollMs);
}

let shown = '';

async function showCopies() {
  const { events } = await (await fetch('/shop/copies')).json();
  const text = String(events.length === 0 ? nothing : events.map(eventItem).join(''));
  if (text !== shown) document.getElementById('copies').innerHTML = text;
  shown = text;
}

const nothing = html`<li class="none">Nothing yet. Open a product.</li>`;

const eventItem = ({ name, id, pixelMs, gatewayMs, state, skipped, why }) => html`<li class="${state}">
  <b>${name}</b> <time>${new Date(pixelMs ?? gatewayMs).toLocaleTimeString()}</time>
  <code>${id === '' ? 'no id' : id}</code>
  <span class="chips">
    <span class="chip ${pixelMs === undefined ? '' : 'on'}">pixel</span>
    <span class="chip ${gatewayMs === undefined ? '' : skipped === undefined ? 'on' : 'no'}">gateway</span>
    <span class="state">${states[state]}${skipped && `: ${skipped}`}</span>
  </span>
  ${why && html`<p class="why">${why}</p>`}
</li>`;

const states = {
  merged: 'same name and id: TikTok counts them once',
  pixel: 'pixel only',
  gateway: 'gateway only',
  webhook: 'the webhook sends the other copy',
  skipped: 'the gateway skips it',
};
