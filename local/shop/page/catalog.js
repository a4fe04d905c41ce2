/** What the demo shop sells, and its pictures: drawings in SVG, so that a page loads nothing from another host. */

/** Prices are US dollars. */
export const products = [
  product(
    'morning-mug',
    'Morning mug',
    24,
    'mug',
    '#7d9a86',
    'Holds 350 ml, and keeps its warmth through the first page.',
  ),
  product('noon-bowl', 'Noon bowl', 32, 'bowl', '#c7744f', 'Wide enough for noodles, deep enough for soup.'),
  product(
    'evening-teapot',
    'Evening teapot',
    68,
    'teapot',
    '#56718f',
    'Pours four cups without a drop on the table.',
  ),
  product(
    'meadow-vase',
    'Meadow vase',
    45,
    'vase',
    '#c9a24a',
    'A narrow neck that holds three stems upright.',
  ),
  product(
    'harbor-plate',
    'Harbor plate',
    28,
    'plate',
    '#6f9bb0',
    'Dinner size, with a rim that stops the sauce.',
  ),
  product('ember-cup', 'Ember cup', 18, 'cup', '#a3513f', 'No handle, two fingers of espresso.'),
];

function product(id, name, price, shape, color, text) {
  return { id, name, price, shape, color, text };
}

export const productOf = (id) => products.find((one) => one.id === id);

/** @returns the products whose name or text contains every word */
export function searchProducts(text) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return products.filter((one) =>
    words.every((word) => `${one.name} ${one.text}`.toLowerCase().includes(word)),
  );
}

const shapes = {
  mug: `<path d="M136 92h26a24 24 0 0 1 0 62h-28" fill="none" stroke="url(#c)" stroke-width="12"/>
    <path d="M62 70h78l-6 98a14 14 0 0 1-14 13H82a14 14 0 0 1-14-13z" fill="url(#c)"/><ellipse cx="101" cy="70" rx="39" ry="9" fill="url(#i)"/>`,
  bowl: `<path d="M34 96h132a66 62 0 0 1-44 72v9H78v-9a66 62 0 0 1-44-72z" fill="url(#c)"/><ellipse cx="100" cy="96" rx="66" ry="14" fill="url(#i)"/>`,
  teapot: `<path d="M152 112l32-26 6 8-30 46z" fill="url(#c)"/><path d="M52 98a26 26 0 1 0-2 50" fill="none" stroke="url(#c)" stroke-width="11"/>
    <path d="M48 120a54 50 0 0 1 108 0c0 34-20 60-54 60s-54-26-54-60z" fill="url(#c)"/><path d="M70 84a34 14 0 0 1 64 0z" fill="url(#i)"/>
    <circle cx="102" cy="66" r="9" fill="url(#c)"/>`,
  vase: `<path d="M88 44h24v30c0 10 34 30 34 62 0 30-20 46-46 46s-46-16-46-46c0-32 34-52 34-62z" fill="url(#c)"/><ellipse cx="100" cy="44" rx="12" ry="4" fill="url(#i)"/>`,
  plate: `<ellipse cx="100" cy="150" rx="78" ry="36" fill="url(#c)"/><ellipse cx="100" cy="144" rx="76" ry="33" fill="url(#i)"/><ellipse cx="100" cy="146" rx="48" ry="19" fill="url(#c)"/>`,
  cup: `<path d="M66 88h68l-8 78a13 13 0 0 1-13 12H87a13 13 0 0 1-13-12z" fill="url(#c)"/><ellipse cx="100" cy="88" rx="34" ry="8" fill="url(#i)"/>`,
};

/** @returns an SVG of the product; its gradients have names of their own, because a page shows several */
export function picture({ id, shape, color }) {
  const drawing = shapes[shape].replaceAll('url(#', `url(#${id}-`);
  const stops = (share) =>
    `<stop offset="0" stop-color="color-mix(in oklab, ${color}, white ${share}%)"/><stop offset="1" stop-color="color-mix(in oklab, ${color}, black ${share}%)"/>`;
  return `<svg viewBox="0 0 200 220" aria-hidden="true">
    <defs><linearGradient id="${id}-c" x1="0" x2="1" y2="0.4">${stops(22)}</linearGradient>
    <linearGradient id="${id}-i" x1="0" x2="1">${stops(38)}</linearGradient></defs>
    <ellipse cx="100" cy="184" rx="70" ry="9" class="shadow"/>${drawing}</svg>`;
}
