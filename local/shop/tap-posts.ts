/** Remembers what pages post to the collector, before the function judges it: the demo shop shows what left the page. */
import { traceOf } from '../../lib/http/api-answer.ts';
import type { Functions } from '../lambda/load-functions.ts';
import type { CopyMemory } from './copies.ts';

/** @returns the same functions; a stage without a collector has nothing to remember */
export function tapPosts(functions: Functions, copies: CopyMemory): Functions {
  const { collect } = functions;
  if (collect === undefined) return functions;
  return {
    ...functions,
    collect: (event, context) => {
      const { body = '', isBase64Encoded } = event;
      if (body !== '')
        copies.pageSent(
          isBase64Encoded ? Buffer.from(body, 'base64').toString('utf8') : body,
          traceOf(event),
        );
      return collect(event, context);
    },
  };
}
