/** The content that is signed: a template of the body, a time and signed headers, such as `{timestamp}.{body}`. */
import { headerValue } from '../webhook-headers.ts';
import type { SignedRequest } from './verification.ts';

/** Names a header; `{body}` and `{timestamp}` have no name. */
const headerPart = /\{header:([^}]+)\}/g;

/** @returns the names of the headers in the template, in lower case */
export const headersIn = (template: string): string[] =>
  [...template.matchAll(headerPart)].map(([, name]) => String(name).toLowerCase());

export const signsHeader = (template: string, header: string): boolean =>
  headersIn(template).includes(header.toLowerCase());

export const signsTimestamp = (template: string): boolean => template.includes('{timestamp}');

/**
 * @param timestamp the text of the field, exactly as it was sent
 * @returns the pieces to sign; undefined when a header that the template names is absent or repeated
 */
export function signedParts(
  template: string,
  { headers, body }: Pick<SignedRequest, 'headers' | 'body'>,
  timestamp: string | undefined,
): readonly (Uint8Array | string)[] | undefined {
  const parts = template.split(/(\{[^{}]+\})/).map((piece) => {
    if (piece === '{body}') return body;
    if (piece === '{timestamp}') return timestamp;
    return piece.startsWith('{header:') ? headerValue(headers, piece.slice('{header:'.length, -1)) : piece;
  });
  return parts.every((part) => part !== undefined) ? parts : undefined;
}
