/** The part of problem-texts.ts about the API of a shop platform, which webhooks with ids only need. */
import type { ProblemCode } from '../errors/problem-codes.ts';
import { type ProblemText, retry } from './problem-text.ts';

export const platformProblems = {
  platform_unauthorized: {
    status: 503,
    meaning: "The platform's API does not accept the token of the source.",
    example: 'a token without the right to read orders',
    fix: 'Store another token with `keys add --webhook <source> --api-token`.',
  },
  platform_throttled: {
    status: 503,
    meaning: "The platform's API is called too often.",
    example: 'HTTP 429 from BigCommerce',
    fix: retry,
  },
  platform_error: {
    status: 503,
    meaning: "The platform's API answers an error.",
    example: 'HTTP 500 from BigCommerce',
    fix: retry,
  },
  platform_timeout: {
    status: 503,
    meaning: "The platform's API did not answer within 3 seconds.",
    example: 'a slow store',
    fix: retry,
  },
  platform_unreachable: {
    status: 503,
    meaning: "The platform's API cannot be reached.",
    example: 'no connection to its host',
    fix: retry,
  },
  platform_redirect: {
    status: 503,
    meaning: "The platform's API redirects. The gateway does not follow, because the request has a token.",
    example: 'a wrong `storeHash`',
    fix: 'Check the settings of the source.',
  },
  platform_answer_too_large: {
    status: 503,
    meaning: "The platform's API answers more than 1 MiB.",
    example: 'an order with thousands of lines',
    fix: 'Check the settings of the source. Send such an order yourself, with `send`.',
  },
  platform_answer_not_json: {
    status: 503,
    meaning: "The platform's API answers something other than JSON.",
    example: 'a maintenance page',
    fix: retry,
  },
} as const satisfies Partial<Record<ProblemCode, ProblemText>>;
