/** Finds TikTok's click id and browser id in the attributes of an order, or the click id in the URL of a landing page. */
import { fields } from '../events/fields/table.ts';
import { clickIdOf, isUsableId } from '../privacy/click-id.ts';
import { urlParameters } from '../schema/url-parameters.ts';
import type { Attributes } from './attributes.ts';

const ttclidNames = ['ttclid', '_ttclid', 'tiktok_ttclid', 'tiktok_click_id'];
const ttpNames = ['_ttp', 'ttp', 'tiktok_ttp'];

export interface ClickIds {
  readonly ttclid?: string;
  readonly ttp?: string;
}

/**
 * Neither a placeholder nor an id that is too long, which matches nothing when cut, hides a good id found after it.
 * @param landingPages URLs, absolute or relative, the most trusted first
 */
export function findClickIds(
  attributes: Attributes,
  landingPages: readonly (string | undefined)[],
): ClickIds {
  const ttclid = usable(attributes, ttclidNames, fields.ttclid.maxLength) ?? fromPages(landingPages);
  const ttp = usable(attributes, ttpNames, fields.ttp.maxLength);
  return { ...(ttclid !== undefined && { ttclid }), ...(ttp !== undefined && { ttp }) };
}

const usable = (attributes: Attributes, names: readonly string[], maxLength: number): string | undefined =>
  names.map((name) => attributes.get(name)).find((id) => id !== undefined && isUsableId(id, maxLength));

function fromPages(pages: readonly (string | undefined)[]): string | undefined {
  for (const page of pages) {
    const id = page === undefined ? undefined : clickIdOf(page);
    if (id !== undefined) return id;
  }
  return undefined;
}

/**
 * Reads a parameter of the query, as every reader of URLs does, or else behind `&amp;` or `#`.
 * @param address absolute or relative
 * @returns the value, decoded once
 */
export function queryParameter(address: string | undefined, name: string): string | undefined {
  if (address === undefined) return undefined;
  const url = URL.parse(address, 'https://relative.invalid');
  return url?.searchParams.get(name) ?? urlParameters(address, name)[0];
}
