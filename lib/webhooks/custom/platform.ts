/** Any other sender: the stage file says how it authenticates its requests, and a mapping makes the events. */
import * as z from 'zod/mini';
import { lazily } from '../../schema/lazy/lazily.ts';
import { commonShape } from '../common-settings.ts';
import { definePlatform } from '../platform.ts';
import { readHubChallenge } from '../signatures/challenge.ts';
import { standardWebhookId } from '../signatures/standard-webhooks.ts';
import { customSecretEncoding, signCustom, verifyCustom } from './auth.ts';
import { authSchema } from './auth-settings.ts';
import { readCustomBody } from './read-body.ts';

const customSettings = lazily(() =>
  z.strictObject({
    platform: z.literal('custom'),
    ...commonShape(),
    mapping: z.record(z.string(), z.unknown()),
    auth: authSchema(),
    /** How the body is written, if its content type does not say so. */
    format: z.optional(z.enum(['json', 'form'])),
    /** How the platform checks the address: `hub` is a GET with `hub.challenge`. */
    challenge: z.optional(z.enum(['hub'])),
  }),
);

export const custom = definePlatform({
  name: 'custom',
  settings: customSettings,
  methods: ['POST', 'GET', 'HEAD'],
  verify: verifyCustom,
  sign: (request, settings) => signCustom(request, settings).headers,
  signPlaces: signCustom,
  secretHint: 'use the secret or token that the sender shows',
  secretEncoding: customSecretEncoding,
  readBody: (headers, body, { format }) => readCustomBody(headers, body, format),
  challenge: (query, { challenge }) => (challenge === 'hub' ? readHubChallenge(query) : undefined),
  // In the other profiles the header is not signed.
  deliveryId: (headers, { auth }) =>
    auth.profile === 'standard-webhooks' ? standardWebhookId(headers) : undefined,
});
