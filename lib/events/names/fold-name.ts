/** Of one case and without separators: `clickId`, `click_id` and `CLICK-ID` are one name. */
export const foldName = (name: string): string => name.toLowerCase().replaceAll(/[\s_-]/g, '');
