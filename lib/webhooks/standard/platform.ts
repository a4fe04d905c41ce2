/** Standard Webhooks (spec 1.0.0): a signed envelope around event objects, for your own back ends. */
import * as z from 'zod/mini';
import { commonShape } from '../common-settings.ts';
import { definePlatform } from '../platform.ts';
import {
  signStandardWebhook,
  standardWebhookId,
  standardWebhooksShape,
  verifyStandardWebhook,
} from '../signatures/standard-webhooks.ts';

export const standard = definePlatform({
  name: 'standard',
  settings: z.strictObject({ platform: z.literal('standard'), ...commonShape, ...standardWebhooksShape }),
  verify: verifyStandardWebhook,
  sign: signStandardWebhook,
  secretHint: 'use the signing secret (whsec_…) that the sender shows',
  secretEncoding: ({ secretEncoding }) => secretEncoding,
  deliveryId: standardWebhookId,
  local: { settings: { destination: 'default' } },
});
