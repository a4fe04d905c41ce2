/** The name of the command line. Help, remedies and errors print commands that you can paste as they are. */

export const programName = 'npx --no tiktok-events';

/** @param words such as `keys add backend --stage prod`; @returns the whole command in backticks, to be part of a sentence */
export const commandLine = (words: string): string => `\`${programName} ${words}\``;

/** @returns the command that deploys a stage, in backticks */
export const deployCommand = (stage: string): string => `\`npx osls deploy --stage ${stage}\``;

/** @returns a word of a command line as a shell takes it: in quotes where it needs them */
export function shellWord(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  if (/^[^"$`\\!\n]*$/.test(word)) return `"${word}"`;
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
