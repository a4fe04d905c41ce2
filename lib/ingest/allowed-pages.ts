/** The web pages that may call POST /v1/events: those of `api.corsOrigins`, with their API key and without cookies. */
import { cors } from '../http/middleware/cors.ts';

/** @param origins exact; without any, answers have no header for pages */
export const allowedPages = (origins: readonly string[]) =>
  origins.length === 0
    ? []
    : [
        cors({
          isAllowed: (origin = '') => origins.includes(origin),
          headers: ['Authorization', 'Content-Type', 'Idempotency-Key', 'X-Api-Key'],
        }),
      ];
