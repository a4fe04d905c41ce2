/** The cart: kept in `sessionStorage` of the tab, and only once something is in it. */
import { productOf } from './catalog.js';

const key = 'demo-cart';

/** @returns the lines as `{ product, quantity }` */
export const cartLines = () =>
  Object.entries(read()).flatMap(([id, quantity]) => {
    const product = productOf(id);
    return product === undefined ? [] : [{ product, quantity }];
  });

export const cartCount = () => cartLines().reduce((sum, { quantity }) => sum + quantity, 0);

export const cartValue = () =>
  cartLines().reduce((sum, { product, quantity }) => sum + product.price * quantity, 0);

/** @param change how many more; a line of 0 is gone */
export function changeCart(id, change) {
  const cart = read();
  const quantity = Math.max(0, (cart[id] ?? 0) + change);
  const { [id]: _, ...others } = cart;
  sessionStorage.setItem(key, JSON.stringify(quantity === 0 ? others : { ...cart, [id]: quantity }));
}

export const emptyCart = () => sessionStorage.removeItem(key);

function read() {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? '{}');
  } catch {
    return {};
  }
}
