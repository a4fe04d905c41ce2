/** What a person should know about one code: for docs/errors.md and, where a program explains it, for a terminal. */
export interface CodeText {
  readonly meaning: string;
  /** What leads to the code. Markdown. */
  readonly example: string;
  /** What to do. */
  readonly fix: string;
}

/** @returns the text without the links of Markdown, for a terminal */
export const withoutLinks = (text: string): string => text.replaceAll(/\[([^\]]+)\]\([^)]*\)/g, '$1');

/** @returns the meaning and, where there is something to do, the fix */
export const sentencesOf = ({ meaning, fix }: Pick<CodeText, 'meaning' | 'fix'>): string[] =>
  fix === 'Nothing.' ? [meaning] : [meaning, withoutNothing(fix)];

/** "Nothing: it is sent when …" answers a question that only a table asks. */
const withoutNothing = (fix: string): string =>
  fix.replace(/^Nothing: (.)/, (_, first: string) => first.toUpperCase());
