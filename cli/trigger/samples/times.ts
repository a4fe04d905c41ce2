/** Times as the platforms write them. */

/** The made-up shops are in New York, in winter. */
const zone = '-05:00';
const zoneMs = -5 * 3_600_000;

const seconds = (ms: number): string => new Date(ms).toISOString().slice(0, 19);

/** `2026-11-26T12:00:00-05:00` */
export const zonedTime = (ms: number): string => `${seconds(ms + zoneMs)}${zone}`;
/** `2026-11-26T12:00:00`, on the clock of the shop. */
export const localTime = (ms: number): string => seconds(ms + zoneMs);
/** `2026-11-26T17:00:00`, in UTC without saying so. */
export const bareUtcTime = (ms: number): string => seconds(ms);
/** `2026-11-26T17:00:00Z` */
export const utcTime = (ms: number): string => `${seconds(ms)}Z`;
/** `2026-11-26T17:00:00+0000` */
export const compactUtcTime = (ms: number): string => `${seconds(ms)}+0000`;
/** `Thu, 26 Nov 2026 17:00:00 +0000` */
export const internetTime = (ms: number): string => new Date(ms).toUTCString().replace('GMT', '+0000');
export const unixSeconds = (ms: number): number => Math.floor(ms / 1000);
