/**
 * The events of the demo shop, as any shop sends them: calls of TikTok's pixel. The collector catches them. Without the
 * pixel, the shop calls the collector's own functions.
 */

const currency = 'USD';

/** Both take the same calls. Neither is there when the page has no pixel and the stage has no collector. */
const tracker = () => window.ttq ?? window.tiktokEvents;

const content = ({ product, quantity }) => ({
  content_id: product.id,
  content_name: product.name,
  quantity,
  price: product.price,
});

const propertiesOf = (lines) => ({
  contents: lines.map(content),
  content_type: 'product',
  value: lines.reduce((sum, { product, quantity }) => sum + product.price * quantity, 0),
  currency,
});

export const viewed = (product) => tracker()?.track('ViewContent', propertiesOf([{ product, quantity: 1 }]));
export const added = (product) => tracker()?.track('AddToCart', propertiesOf([{ product, quantity: 1 }]));
export const searched = (query) => tracker()?.track('Search', { query });
export const checkoutStarted = (lines) => tracker()?.track('InitiateCheckout', propertiesOf(lines));
export const identified = (person) => tracker()?.identify(person);

/** The shop's back end knows the order and sends it too, under the same id. */
export const purchased = (lines, orderId) =>
  tracker()?.track('Purchase', propertiesOf(lines), { event_id: orderId });

/** @param method `holdConsent`, `grantConsent` or `revokeConsent` */
export const consent = (method) => tracker()?.[method]();
