/** Text from outside, fit for a terminal: a sender's escape sequences must not move, color or reverse what it shows. */

/** C0, DEL, C1, and the marks that change the direction of text. */
const controls = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

/** @returns the text with a space in place of each run of control characters */
export const withoutControls = (text: string): string => text.replaceAll(controls, ' ');
