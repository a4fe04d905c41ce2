/** The codes with which TikTok refuses a token: expired, revoked, or of another app. */

/** 40101 to 40119 ("Authentication", Marketing API return codes). */
export const isTokenCode = (code: number): boolean => code >= 40_101 && code <= 40_119;
