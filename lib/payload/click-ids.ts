/** Finds TikTok's click id and browser id: in what the storefront attached, else in the query of a landing page. */
import { type Attributes, attribute } from './attributes.ts';

const ttclidNames = ['ttclid', '_ttclid', 'tiktok_ttclid', 'tiktok_click_id'];
const ttpNames = ['_ttp', 'ttp', 'tiktok_ttp'];

/** Ids that are cut are worth nothing, so that longer ones are left out. */
const maxTtclidLength = 1024;
const maxTtpLength = 256;

export interface ClickIds {
  readonly ttclid?: string;
  readonly ttp?: string;
}

/** @param landingPages addresses, absolute or relative, in order of trust */
export function findClickIds(
  attributes: Attributes,
  landingPages: readonly (string | undefined)[],
): ClickIds {
  const ttclid = attribute(attributes, ttclidNames) ?? fromPages(landingPages);
  const ttp = attribute(attributes, ttpNames);
  return {
    ...(ttclid !== undefined && ttclid.length <= maxTtclidLength && { ttclid }),
    ...(ttp !== undefined && ttp.length <= maxTtpLength && { ttp }),
  };
}

function fromPages(pages: readonly (string | undefined)[]): string | undefined {
  for (const page of pages) {
    const found = queryParameter(page, 'ttclid')?.trim();
    if (found) return found;
  }
  return undefined;
}

/** A parameter of an absolute or relative address, decoded once. */
export function queryParameter(address: string | undefined, name: string): string | undefined {
  if (address === undefined) return undefined;
  return URL.parse(address, 'https://relative.invalid')?.searchParams.get(name) ?? undefined;
}
