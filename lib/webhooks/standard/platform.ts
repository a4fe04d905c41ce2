/** Standard Webhooks (spec 1.0.0): a signed envelope around event objects, for your own back ends. */
import * as z from 'zod/mini';
import { lazily } from '../../schema/lazy/lazily.ts';
import { commonShape } from '../common-settings.ts';
import { definePlatform } from '../platform.ts';
import {
  signStandardWebhook,
  standardWebhookId,
  standardWebhooksShape,
  verifyStandardWebhook,
} from '../signatures/standard-webhooks.ts';

const standardSettings = lazily(() =>
  z.strictObject({ platform: z.literal('standard'), ...commonShape(), ...standardWebhooksShape() }),
);

export const standard = definePlatform({
  name: 'standard',
  settings: standardSettings,
  verify: verifyStandardWebhook,
  sign: signStandardWebhook,
  secretHint: 'use the signing secret (whsec_…) that the sender shows',
  secretEncoding: ({ secretEncoding }) => secretEncoding,
  deliveryId: standardWebhookId,
  local: { settings: { destination: 'default' } },
});
