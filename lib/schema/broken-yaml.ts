/** Says where a text is not valid YAML, and what to do about the usual mistakes, without a word of the text. */
import type { YAMLError } from 'yaml';

const remedies: Readonly<Partial<Record<YAMLError['code'], string>>> = {
  DUPLICATE_KEY: 'the name on this line is there a second time; keep one of the two',
  TAB_AS_INDENT: 'indent with spaces, not with tabs',
};

/** @returns such as `line 7: not valid YAML (TAB_AS_INDENT): indent with spaces, not with tabs` */
export function describeBrokenYaml(text: string, { code, pos }: Pick<YAMLError, 'code' | 'pos'>): string {
  const line = text.slice(0, pos[0]).split('\n').length;
  const remedy = remedies[code];
  return `line ${line}: not valid YAML (${code})${remedy === undefined ? '' : `: ${remedy}`}`;
}
