/** Why a YAML file cannot be used, in words: YAML reads many expressions as something else unless they are in quotes. */
import { type Document, visit } from 'yaml';

export interface YamlProblem {
  /** From 1. */
  readonly line: number;
  /** What is wrong, and the remedy. It contains nothing of the file. */
  readonly problem: string;
}

/** The marks that the library has no error for: it leaves the text behind them out. */
const quoteIt = (mark: string, meaning: string) =>
  `a value that starts with ${mark} is ${meaning}: put it into double quotes`;

const problems: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: 'a tab at the start of the line: use spaces',
  BLOCK_AS_IMPLICIT_KEY:
    'a colon and a space inside a value, or an entry that is indented too far: put the value into double quotes, or align the entry',
  BAD_SCALAR_START: 'a value that starts with @, % or a backtick: put it into double quotes',
  DUPLICATE_KEY: 'this name is there twice: keep one',
  BAD_INDENT: 'the indentation does not fit the lines above, or a bracket has no end',
  MISSING_CHAR: 'a quote or a bracket has no end',
  UNEXPECTED_TOKEN:
    'text behind the closing quote of a value: put the whole value into double quotes, such as "type == \'a\'"',
  MULTILINE_IMPLICIT_KEY: 'a name without a colon and a space behind it',
  BAD_DQ_ESCAPE:
    'a backslash in double quotes that starts no known escape: write it twice, or use single quotes',
  TAG_RESOLVE_FAILED: quoteIt('!', 'a tag of YAML'),
};

/** @returns the first problem of a parsed file; undefined when `toJS` gives what the file says */
export function yamlProblem(document: Document.Parsed, text: string): YamlProblem | undefined {
  const at = (offset: number, problem: string) => ({
    line: text.slice(0, offset).split('\n').length,
    problem,
  });
  const [broken] = [
    ...document.errors,
    ...document.warnings.filter(({ code }) => code === 'TAG_RESOLVE_FAILED'),
  ];
  if (broken) return at(broken.pos[0], problems[broken.code] ?? `the rule ${broken.code} of YAML is broken`);
  const alias = unresolvedAlias(document);
  return alias === undefined ? undefined : at(alias, quoteIt('*', 'an alias of YAML'));
}

/** @returns the position of the first alias without an anchor, for which `toJS` throws */
function unresolvedAlias(document: Document.Parsed): number | undefined {
  let found: number | undefined;
  visit(document, {
    Alias: (_key, alias) => {
      if (alias.resolve(document) !== undefined) return undefined;
      found = alias.range?.[0];
      return visit.BREAK;
    },
  });
  return found;
}
