/** Finds TikTok's click id and browser id in the attributes of an order, or the click id in the URL of a landing page. */
import { fields } from '../events/fields/table.ts';
import { clickIdOf, isUsableId } from '../privacy/click-id.ts';
import { urlParameters } from '../schema/url-parameters.ts';
import { type Attributes, attributeValues } from './attributes.ts';

const ttclidNames = ['ttclid', '_ttclid', 'tiktok_ttclid', 'tiktok_click_id'];
const ttpNames = ['_ttp', 'ttp', 'tiktok_ttp'];

export interface ClickIds {
  readonly ttclid?: string;
  readonly ttp?: string;
}

/**
 * Neither a placeholder nor an id that is too long, which matches nothing when cut, hides a good id found after it.
 * Without a good id, the first one is returned as it is: the decoder of events omits it and says why.
 * @param landingPages URLs, absolute or relative, the most trusted first
 */
export function findClickIds(
  attributes: Attributes,
  landingPages: readonly (string | undefined)[],
): ClickIds {
  const clickIds = attributeValues(attributes, ttclidNames);
  const browserIds = attributeValues(attributes, ttpNames);
  const found = usable(clickIds, fields.ttclid.maxLength) ?? fromPages(landingPages);
  const ttclid =
    found ?? clickIds[0] ?? landingPages.flatMap((page) => urlParameters(page ?? '', 'ttclid'))[0];
  const ttp = usable(browserIds, fields.ttp.maxLength) ?? browserIds[0];
  return { ...(ttclid !== undefined && { ttclid }), ...(ttp !== undefined && { ttp }) };
}

const usable = (ids: readonly string[], maxLength: number): string | undefined =>
  ids.find((id) => isUsableId(id, maxLength));

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
