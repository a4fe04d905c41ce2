/** The filters of the list of events, as the server takes them and as live changes are compared with them. */
import type { Row } from '../../api.ts';

export interface Filters {
  readonly source: string;
  readonly name: string;
  readonly outcome: string;
  /** A fingerprint; empty without a search. */
  readonly find: string;
}

/** What the server is asked: an empty or missing value is no filter. */
export type RowsQuery = Readonly<Partial<Record<keyof Filters | 'before', string>>>;

export const noFilters: Filters = { source: '', name: '', outcome: '', find: '' };

export const hasFilters = (filters: Filters): boolean => Object.values(filters).some((value) => value !== '');

export function matchesFilters(row: Row, { source, name, outcome, find }: Filters): boolean {
  if (source !== '' && row.source !== source) return false;
  if (name !== '' && row.name !== name) return false;
  if (outcome !== '' && row.outcome !== outcome) return false;
  return find === '' || row.id === find || row.event === find || row.orders.includes(find);
}

/**
 * The text of a search as it was hashed: without spaces around it and without the `#` of an order number such as `#1001`.
 */
export const searchText = (input: string): string => input.trim().replace(/^#(?=.)/, '');

const fingerprint = /^[0-9a-f]{16}$/;

/** @returns the fingerprint of an event id, order id or order number; a fingerprint stays as it is; empty for no text */
export async function fingerprintOf(input: string): Promise<string> {
  const text = searchText(input);
  if (text === '' || fingerprint.test(text)) return text;
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  const hex = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0'));
  return hex.join('').slice(0, 16);
}
