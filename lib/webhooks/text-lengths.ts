/** Cuts texts that are still worth something when they are cut, such as a name or a user agent. */
import { clamp } from '../payload/contents.ts';

/** The longest text each field takes (lib/events/fields/table.ts); a test compares the two. */
export const maxLengths: Readonly<Record<string, number>> = {
  first_name: 256,
  last_name: 256,
  zip_code: 64,
  city: 256,
  state: 128,
  user_agent: 2048,
};

/** Changes `event`: each of these texts is cut where its field ends. */
export function cutTexts(event: Record<string, unknown>): void {
  for (const [name, maxLength] of Object.entries(maxLengths)) {
    const value = event[name];
    if (typeof value === 'string') event[name] = clamp(value, maxLength);
  }
}
