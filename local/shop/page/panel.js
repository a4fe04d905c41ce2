/** The panel beside the shop: what left the page, and how the pixel, the pages and the visitor's consent behave. */
import { html } from './html.js';
import { consent } from './tracking.js';

const pollMs = 1000;
const choiceKey = 'demo-consent';
const panel = document.getElementById('panel');
const opener = document.getElementById('panel-open');

/** @param settings as the server baked them into the page */
export function openPanel(settings) {
  setOpen(settings.panel, settings);
  opener.addEventListener('click', () => setOpen(panel.hidden, settings));
  document.getElementById('panel-close').addEventListener('click', () => {
    setOpen(false, settings);
    opener.focus();
  });
  panel.addEventListener('change', ({ target }) => save({ [target.name]: chosen(target) }).then(reload));
  document.addEventListener('click', ({ target }) => act(target.closest('[data-act]')?.dataset.act));
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
function applyChoice({ askConsent }) {
  const choice = localStorage.getItem(choiceKey);
  document.getElementById('consent').hidden = !askConsent || choice !== null;
  document.getElementById('choice').textContent = choice ?? 'no choice yet';
  if (askConsent && choice === 'granted') consent('grantConsent');
  if (askConsent && choice === 'denied') consent('revokeConsent');
}

function act(name) {
  if (name === 'new-visitor') return newVisitor();
  if (name !== 'grant' && name !== 'revoke' && name !== 'hold') return;
  consent(`${name}Consent`);
  if (name === 'hold') localStorage.removeItem(choiceKey);
  else localStorage.setItem(choiceKey, name === 'grant' ? 'granted' : 'denied');
  document.getElementById('consent').hidden = true;
  document.getElementById('choice').textContent = localStorage.getItem(choiceKey) ?? 'no choice yet';
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

const eventItem = ({ name, id, pixelMs, gatewayMs, state }) => html`<li class="${state}">
  <b>${name}</b> <time>${new Date(pixelMs ?? gatewayMs).toLocaleTimeString()}</time>
  <code>${id === '' ? 'no id' : id}</code>
  <span class="chips">
    <span class="chip ${pixelMs === undefined ? '' : 'on'}">pixel</span>
    <span class="chip ${gatewayMs === undefined ? '' : 'on'}">gateway</span>
    <span class="state">${states[state]}</span>
  </span>
</li>`;

const states = {
  merged: 'same name and id: TikTok counts one',
  pixel: 'pixel only',
  gateway: 'gateway only',
  webhook: 'the webhook sends the other copy',
};
