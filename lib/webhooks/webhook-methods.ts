/** The methods with which each platform calls a webhook's address. API Gateway has a route for these and no others. */
import type { Platform } from './source-settings.ts';

export type WebhookMethod = 'POST' | 'GET' | 'HEAD';

export const webhookMethods: Readonly<Record<Platform, readonly WebhookMethod[]>> = {
  shopify: ['POST'],
  // Its ping is a POST too.
  woocommerce: ['POST'],
  stripe: ['POST'],
  standard: ['POST'],
  // Platforms that nobody here knows: some probe an address with GET or HEAD before they use it.
  custom: ['POST', 'GET', 'HEAD'],
};
