/** Times in the zone of the person at the terminal. */

/** @returns such as `2026-11-26 20:41:07` */
export const localTime = (ms: number): string => new Date(ms).toLocaleString('sv-SE');

/** @returns such as `Europe/Berlin` */
export const timeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;
