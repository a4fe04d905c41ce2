/** Where a sender puts its proof: in a header, or in a parameter of the address, as Kiwify and Gumroad do. */
import { headerValues } from '../webhook-headers.ts';
import type { SignedPlaces, SignedRequest } from './verification.ts';

/** One of the two names is given. */
export interface Place {
  readonly header?: string | undefined;
  readonly query?: string | undefined;
}

/** @returns every value; a repeated header has several, and API Gateway joins those of a repeated parameter by a comma */
export function valuesAt({ headers, query = {} }: SignedRequest, place: Place): readonly string[] {
  if (place.header !== undefined) return headerValues(headers, place.header);
  const name = place.query ?? '';
  const value = Object.hasOwn(query, name) ? query[name] : undefined;
  return value === undefined ? [] : [value];
}

export const putAt = (place: Place, value: string): Omit<SignedPlaces, 'body'> => ({
  headers: place.header === undefined ? {} : { [place.header]: value },
  query: place.query === undefined ? {} : { [place.query]: value },
});
