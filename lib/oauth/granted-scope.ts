/** Whether a grant lets us report conversions. An advertiser may grant less than the developer app asks for. */

/**
 * TikTok's scope ids: `Measurement`, which holds all below it, and `Report Conversion Event`, the right to
 * /event/track/. The second is above 2^53, which is why ids are text here.
 */
const sufficient: ReadonlySet<string> = new Set(['5', '7224195155857866754']);

export const mayReportConversions = (scopes: readonly string[]): boolean =>
  scopes.some((scope) => sufficient.has(scope));
