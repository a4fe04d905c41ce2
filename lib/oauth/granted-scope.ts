/** Decides whether a grant lets the gateway report conversions: an advertiser can grant less than the app asks for. */

/**
 * TikTok's scope ids: `Measurement`, which includes all scopes below it, and `Report Conversion Event`, the right to
 * /event/track/. The second is above 2^53, which is why ids are text here.
 */
const sufficient: ReadonlySet<string> = new Set(['5', '7224195155857866754']);

export const mayReportConversions = (scopes: readonly string[]): boolean =>
  scopes.some((scope) => sufficient.has(scope));
