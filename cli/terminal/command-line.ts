/** The name of the command line. Help, remedies and errors print commands that you can paste as they are. */

export const programName = 'npx --no tiktok-events';

/** @param words such as `keys add backend --stage prod`; @returns the whole command in backticks, to be part of a sentence */
export const commandLine = (words: string): string => `\`${programName} ${words}\``;

/** @returns the command that deploys a stage, in backticks */
export const deployCommand = (stage: string): string => `\`npx osls deploy --stage ${stage}\``;
