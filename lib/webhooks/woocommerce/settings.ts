/** Which WooCommerce topics become which event at each purchase moment. */
import type { SettingsOf } from '../source-settings.ts';

const early = { 'customer.created': 'CompleteRegistration' } as const;
const whenPaid = { 'order.updated': 'Purchase', 'order.created': 'PlaceAnOrder', ...early };
/** Either may be the first that shows an order past its draft; the second has the same id and is merged. */
const whenPlaced = { 'order.created': 'Purchase', 'order.updated': 'Purchase', ...early };

/** Event names by topic: those of the settings, else the defaults of the purchase moment. */
export const wooTopics = (settings: SettingsOf<'woocommerce'>): Readonly<Record<string, string>> =>
  settings.topics ?? (settings.purchaseMoment === 'placed' ? whenPlaced : whenPaid);

/** order.created says that an order was placed; order.updated is judged by the purchase moment. */
export const isPurchaseTopic = (settings: SettingsOf<'woocommerce'>, topic: string): boolean =>
  topic === 'order.updated' || (topic === 'order.created' && settings.purchaseMoment === 'placed');
