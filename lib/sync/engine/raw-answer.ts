/**
 * The text of an answer of AWS, past the SDK's own reader: that one copies every cell of a page by its schema, which takes
 * longer than to parse the page and to make events of its rows (86 µs a row of 19 cells, beside 51). Signing, timeouts,
 * retries and errors stay the SDK's.
 */
import { text } from 'node:stream/consumers';

interface HttpAnswer {
  readonly statusCode: number;
  body: unknown;
}

/** The SDK's stack of middlewares, as far as it is used here. */
interface Stack {
  add(
    middleware: (next: (args: never) => Promise<{ response: unknown }>) => (args: never) => Promise<never>,
    options: { readonly step: 'deserialize'; readonly priority: 'low'; readonly name: string },
  ): void;
}

/** @returns reads the text of the last successful answer, once the command was sent */
export function takeRawAnswer(stack: unknown): () => Promise<string> {
  let raw = Promise.resolve('{}');
  (stack as Stack).add(
    (next) => async (args) => {
      const result = await next(args);
      const answer = result.response as HttpAnswer;
      if (answer.statusCode < 300) {
        raw = text(answer.body as NodeJS.ReadableStream);
        await raw;
        answer.body = Buffer.from('{}');
      }
      return result as never;
    },
    { step: 'deserialize', priority: 'low', name: 'takeRawAnswer' },
  );
  return () => raw;
}
