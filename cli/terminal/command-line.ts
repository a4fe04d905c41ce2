/** How the command line is called, in one place: help, remedies and errors print commands that can be pasted as they are. */

export const programName = 'npx --no tiktok-events';

/** @param words such as `keys add backend --stage prod`; @returns the whole command in backticks, to be part of a sentence */
export const commandLine = (words: string): string => `\`${programName} ${words}\``;
