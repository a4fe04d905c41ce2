/** Shows the page of the address, and reacts to what the visitor does. In single-page mode, links do not load a page. */
import { cartCount, cartLines, changeCart, emptyCart } from './cart.js';
import { productOf } from './catalog.js';
import { openPanel } from './panel.js';
import { added, checkoutStarted, identified, purchased, searched, viewed } from './tracking.js';
import { viewOf } from './views.js';

const settings = JSON.parse(document.getElementById('shop-settings').textContent);
const main = document.querySelector('main');
const ordersSent = new Set();

show();
openPanel(settings);

document.addEventListener('click', (event) => {
  const target = event.target.closest('[data-add], [data-change], a');
  if (target === null) return;
  if (target.dataset.add !== undefined) return addToCart(target.dataset.add);
  if (target.dataset.change !== undefined) return changeLine(target.dataset);
  if (target.dataset.checkout !== undefined) checkoutStarted(cartLines());
  follow(event, target);
});

document.addEventListener('submit', (event) => {
  const form = event.target;
  const values = new FormData(form);
  if (form.dataset.order !== undefined) {
    event.preventDefault();
    placeOrder(values);
  } else if (form.getAttribute('role') === 'search' && settings.singlePage) {
    event.preventDefault();
    goTo(`/shop/search?${new URLSearchParams({ q: String(values.get('q') ?? '') })}`);
  }
});

addEventListener('popstate', () => settings.singlePage && show());

function show() {
  const { title, body, product, query } = viewOf(new URL(location.href));
  document.title = `${title} · Kiln`;
  main.innerHTML = body;
  showCount();
  if (product !== undefined) viewed(product);
  if (query) searched(query);
  if (location.pathname === '/shop/thanks') finishOrder();
}

function showCount() {
  const count = cartCount();
  document.getElementById('count').textContent = count === 0 ? '' : String(count);
}

/** The order id is in the address: a reload of the page must not send the order again from an empty cart. */
function finishOrder() {
  const order = new URL(location.href).searchParams.get('order');
  const lines = cartLines();
  if (order === null || lines.length === 0 || ordersSent.has(order)) return;
  ordersSent.add(order);
  purchased(lines, order);
  emptyCart();
  showCount();
}

function addToCart(id) {
  changeCart(id, 1);
  added(productOf(id));
  document.getElementById('added').textContent = `${productOf(id).name} is in your cart.`;
  showCount();
}

function changeLine({ id, change }) {
  changeCart(id, Number(change));
  main.innerHTML = viewOf(new URL(location.href)).body;
  showCount();
  const buttons = [...document.querySelectorAll('[data-change]')];
  (buttons.find(({ dataset }) => dataset.id === id && dataset.change === change) ?? main).focus();
}

function placeOrder(values) {
  identified({ email: values.get('email'), phone_number: values.get('phone') });
  goTo(`/shop/thanks?order=demo-${Date.now()}`);
}

function follow(event, link) {
  const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  const isOwn = link.pathname === '/shop' || link.pathname?.startsWith('/shop/');
  if (!settings.singlePage || !isPlain || !isOwn || link.dataset.load !== undefined) return;
  event.preventDefault();
  goTo(link.href);
}

function goTo(address) {
  if (!settings.singlePage) return location.assign(address);
  history.pushState(null, '', address);
  show();
  scrollTo(0, 0);
  main.focus();
}
