/** A share in percent, for the terminal and for the console's page. */

/** @returns `42 %`; `100 %` means every event, `0 %` none, and `<1 %` a few */
export function percent(share: number): string {
  if (share > 0 && share < 0.01) return '<1 %';
  // A share such as 0.29 is a little less than 29 % as a floating-point number.
  return `${share >= 1 ? 100 : Math.floor(share * 100 + 1e-9)} %`;
}
