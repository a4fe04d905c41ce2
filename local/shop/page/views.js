/** The pages of the demo shop: each is a title and its HTML. */
import { cartLines, cartValue } from './cart.js';
import { picture, productOf, products, searchProducts } from './catalog.js';
import { html, money, raw } from './html.js';

/** @returns `{ title, body }` of an address below `/shop`, and the product or the query that it shows */
export function viewOf({ pathname, searchParams }) {
  const [page = '', id = ''] = pathname.slice('/shop/'.length).split('/');
  const product = page === 'products' ? productOf(id) : undefined;
  const query = searchParams.get('q')?.trim() ?? '';
  if (page === '') return list();
  if (product !== undefined) return { title: product.name, body: productView(product), product };
  if (page === 'search') return { title: 'Search', body: searchView(query), query };
  if (page === 'cart') return { title: 'Your cart', body: cartView() };
  if (page === 'checkout') return { title: 'Checkout', body: checkoutView() };
  if (page === 'thanks') return { title: 'Thank you', body: thanksView(searchParams.get('order')) };
  return { title: 'Not found', body: html`<h1>Nothing here</h1><p><a href="/shop">See what we make</a></p>` };
}

const list = () => ({
  title: 'Everyday ceramics',
  body: html`<section class="hero">
      <h1>Made slowly, used daily.</h1>
      <p>Six pieces, thrown by hand and glazed in the colors of the coast.</p>
    </section>
    ${grid(products)}`,
});

const grid = (shown) => html`<ul class="grid">
  ${shown.map(
    (product) => html`<li>
      <a href="/shop/products/${product.id}" class="tile">
        <span class="picture">${raw(picture(product))}</span>
        <span class="name">${product.name}</span>
        <span class="price">${money(product.price)}</span>
      </a>
    </li>`,
  )}
</ul>`;

const productView = (product) => html`<article class="product">
  <div class="picture large">${raw(picture(product))}</div>
  <div class="about">
    <p class="back"><a href="/shop">All pieces</a></p>
    <h1>${product.name}</h1>
    <p class="price">${money(product.price)}</p>
    <p>${product.text}</p>
    <div class="row">
      <button type="button" class="main" data-add="${product.id}">Add to cart</button>
      <a class="button" href="/shop/cart">See your cart</a>
    </div>
    <p class="note" role="status" id="added"></p>
  </div>
</article>`;

function searchView(query) {
  const found = query === '' ? [] : searchProducts(query);
  return html`<h1>Search</h1>
    <form class="search-form" action="/shop/search" role="search">
      <label class="unseen" for="q">What are you looking for?</label>
      <input id="q" name="q" type="search" value="${query}" placeholder="mug, bowl, soup …" required />
      <button class="main">Search</button>
    </form>
    ${query !== '' && html`<p class="note">${found.length === 1 ? '1 piece' : `${found.length} pieces`} for “${query}”</p>`}
    ${grid(found)}`;
}

function cartView() {
  const lines = cartLines();
  if (lines.length === 0)
    return html`<h1>Your cart is empty</h1><p><a class="button main" href="/shop">See what we make</a></p>`;
  return html`<h1>Your cart</h1>
    <ul class="lines">${lines.map(cartLine)}</ul>
    <p class="total"><span>Total</span> <b>${money(cartValue())}</b></p>
    <p class="row end"><a class="button main" href="/shop/checkout" data-checkout>Check out</a></p>`;
}

const cartLine = ({ product, quantity }) => html`<li>
  <span class="picture small">${raw(picture(product))}</span>
  <a href="/shop/products/${product.id}">${product.name}</a>
  <span class="quantity">
    <button type="button" data-change="-1" data-id="${product.id}" aria-label="One ${product.name} less">−</button>
    <span>${quantity}</span>
    <button type="button" data-change="1" data-id="${product.id}" aria-label="One ${product.name} more">+</button>
  </span>
  <span class="price">${money(product.price * quantity)}</span>
</li>`;

const checkoutView = () => html`<h1>Checkout</h1>
  <form class="checkout" data-order>
    <label>E-mail address <input name="email" type="email" autocomplete="off" value="jane@example.com" required /></label>
    <label>Phone <input name="phone" type="tel" autocomplete="off" value="+1 213 373 4253" /></label>
    <p class="total"><span>Total</span> <b>${money(cartValue())}</b></p>
    <p class="note">Nobody is charged: this is a demo on your machine.</p>
    <p class="row end"><a href="/shop/cart">Back to the cart</a><button class="main">Place order</button></p>
  </form>`;

const thanksView = (order) => html`<section class="hero">
  <h1>Thank you!</h1>
  <p>Your order ${order} is in the kiln.</p>
  <p><a class="button main" href="/shop">Back to the shop</a></p>
</section>`;
