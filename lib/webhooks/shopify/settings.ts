/** Which Shopify topics become which event, and which of them are for somebody else. */
import type { SettingsOf } from '../source-settings.ts';

/** Sent to every app of the App Store; nothing is stored here that they could ask for. */
export const complianceTopics: ReadonlySet<string> = new Set([
  'customers/data_request',
  'customers/redact',
  'shop/redact',
]);

const early = { 'checkouts/create': 'InitiateCheckout', 'customers/create': 'CompleteRegistration' } as const;
const whenPaid = { 'orders/paid': 'Purchase', 'orders/create': 'PlaceAnOrder', ...early };
/** orders/paid is left out: it may come days later, when TikTok would count it again. */
const whenPlaced = { 'orders/create': 'Purchase', ...early };

/** Event names by topic: those of the settings, else the defaults of the purchase moment. */
export const shopifyTopics = (settings: SettingsOf<'shopify'>): Readonly<Record<string, string>> =>
  settings.topics ?? (settings.purchaseMoment === 'placed' ? whenPlaced : whenPaid);
