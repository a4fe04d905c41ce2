/** The usual reasons why an expression is not JMESPath, each with its remedy. */

const numberAlone = /^\s*-?\d+(?:\.\d+)?\s*$/;
/** A number behind an operator; a `-` may be part of a name. */
const bareNumber = /(?:[=!<>]=|[<>+*/%]|\s-)\s*-?\d/;
const operator = /\b(?:and|or|not|let|in)\b/i;
/** Words with spaces between them, and nothing of an expression. */
const words = /^\s*[A-Za-z][\w-]*(?:\s+\w[\w-]*)+\s*$/;
const backticks = /`\s*([^`"{[\s\d-][^`]*)`/;

type Form = RegExp | ((text: string) => boolean);

/** The first that fits counts. Strings are left out of the expression before it is looked at. */
const remedies: readonly (readonly [Form, string])[] = [
  [/[“”‘’„]/, 'it has typographic quotes; write \' for a text and " for a name'],
  [/\{\{|\$\{|\}\}/, 'a path has no braces around it'],
  [/===|!==/, 'a comparison is == or !='],
  [/\.\s*\[/, 'there is no dot before [, such as items[0]'],
  [/\?\?/, 'write || for ??'],
  [/\?\./, 'write . for ?.: a path through nothing gives null'],
  [/[-=]>/, 'write . between the names of a path'],
  [bareNumber, 'a number in an expression is in backticks, such as `1`'],
  [/\b(?:and|or|not)\b/i, 'write && for and, || for or, ! for not'],
  [/[\w)\]]\s*\[\s*["'`]/, 'a name in brackets is written behind a dot, such as data."order-id"'],
  [/[\w\]]-\d/, 'a name with a hyphen is in double quotes, such as "order-1"'],
  [/[\w)\]]\s+&\s+[\w(]/, 'write && for and'],
  [/^[^"]*"(?:[^"]*"[^"]*")*[^"]*$/, 'a name in double quotes has no second quote'],
  [isOpen, 'a bracket has no end'],
];

/** @param text an expression with a syntax error @returns the end of the sentence that names the error; empty when unknown */
export function syntaxRemedy(text: string): string {
  if (numberAlone.test(text)) return ': a number alone needs no quotes';
  const word = backticks.exec(text)?.[1];
  if (word !== undefined && !/^(?:true|false|null)$/.test(word))
    return `: a text is in single quotes, such as '${word.slice(0, 40)}'; backticks are for numbers, true and false`;
  if (words.test(text) && !operator.test(text))
    return `: a constant needs quotes of its own, "'${text.trim().slice(0, 40)}'"`;
  const bare = text.replaceAll(
    /'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`/g,
    (quoted) => `${quoted[0]}${quoted[0]}`,
  );
  const remedy = remedies.find(([form]) => (form instanceof RegExp ? form.test(bare) : form(bare)))?.[1];
  return remedy === undefined ? '' : `: ${remedy}`;
}

/** Strings are left out before. */
function isOpen(text: string): boolean {
  const count = (form: RegExp) => text.match(form)?.length ?? 0;
  return count(/[([{]/g) > count(/[)\]}]/g);
}
