/** Finds TikTok's click id and browser id in the attributes of an order, or the click id in the URL of a landing page. */
import { fields } from '../events/fields/table.ts';
import { type Attributes, attribute } from './attributes.ts';

const ttclidNames = ['ttclid', '_ttclid', 'tiktok_ttclid', 'tiktok_click_id'];
const ttpNames = ['_ttp', 'ttp', 'tiktok_ttp'];

export interface ClickIds {
  readonly ttclid?: string;
  readonly ttp?: string;
}

/**
 * A truncated id matches nothing, so an id that is too long is dropped.
 * @param landingPages URLs, absolute or relative, the most trusted first
 */
export function findClickIds(
  attributes: Attributes,
  landingPages: readonly (string | undefined)[],
): ClickIds {
  const ttclid = attribute(attributes, ttclidNames) ?? fromPages(landingPages);
  const ttp = attribute(attributes, ttpNames);
  return {
    ...(ttclid !== undefined && ttclid.length <= fields.ttclid.maxLength && { ttclid }),
    ...(ttp !== undefined && ttp.length <= fields.ttp.maxLength && { ttp }),
  };
}

function fromPages(pages: readonly (string | undefined)[]): string | undefined {
  for (const page of pages) {
    const found = queryParameter(page, 'ttclid')?.trim();
    if (found) return found;
  }
  return undefined;
}

/** @returns a query parameter of an absolute or relative URL, decoded once */
export function queryParameter(address: string | undefined, name: string): string | undefined {
  if (address === undefined) return undefined;
  return URL.parse(address, 'https://relative.invalid')?.searchParams.get(name) ?? undefined;
}
