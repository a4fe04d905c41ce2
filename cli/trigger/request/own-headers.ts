/** Reads the values of --header. */
import { usageError } from '../../errors/cli-error.ts';

const form = /^([!#$%&'*+.^_`|~0-9A-Za-z-]{1,100})\s*[=:]\s*([\x20-\x7e]{0,4096})$/;
/** The client sets these itself. */
const fixed = new Set([
  'host',
  'content-length',
  'connection',
  'transfer-encoding',
  'expect',
  'upgrade',
  'keep-alive',
]);

/** @param values such as `x-shopify-test=true` */
export function parseHeaders(values: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    values.map((value) => {
      const [, name = '', text = ''] = form.exec(value) ?? [];
      if (name === '')
        throw usageError('--header takes name=value in ASCII, such as --header x-shopify-test=true.');
      if (fixed.has(name.toLowerCase())) throw usageError(`--header: ${name} cannot be chosen.`);
      return [name.toLowerCase(), text];
    }),
  );
}
