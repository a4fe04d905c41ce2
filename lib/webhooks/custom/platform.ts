/** Any other sender: the stage file says how it authenticates its requests, and a mapping makes the events. */
import * as z from 'zod/mini';
import { commonShape } from '../common-settings.ts';
import { definePlatform } from '../platform.ts';
import { headerValue } from '../webhook-headers.ts';
import { authSchema, customSecretEncoding, signCustom, verifyCustom } from './auth.ts';

export const custom = definePlatform({
  name: 'custom',
  settings: z.strictObject({
    platform: z.literal('custom'),
    ...commonShape,
    mapping: z.record(z.string(), z.unknown()),
    auth: authSchema,
  }),
  methods: ['POST', 'GET', 'HEAD'],
  verify: (request, { auth }) => verifyCustom(request, auth),
  sign: (request, { auth }) => signCustom(request, auth),
  secretHint: 'use the secret or token that the sender shows',
  secretEncoding: ({ auth }) => customSecretEncoding(auth),
  // In the other profiles the header is not signed.
  deliveryId: (headers, { auth }) =>
    auth.profile === 'standard-webhooks' ? headerValue(headers, 'webhook-id') : undefined,
});
