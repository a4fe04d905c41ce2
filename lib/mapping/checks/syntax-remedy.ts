/** The usual reasons why an expression is not JMESPath, each with its remedy. */

const numberAlone = /^\s*-?\d+(?:\.\d+)?\s*$/;
const comparedNumber = /(?:[=!<>]=|[<>])\s*-?\d/;
const backticks = /`\s*([^`"{[\s\d-][^`]*)`/;

/** The first that fits counts. Strings are left out of the expression before it is looked at. */
const remedies: readonly (readonly [RegExp, string])[] = [
  [/[“”‘’„]/, 'it has typographic quotes; write \' for a text and " for a name'],
  [/\{\{|\$\{|\}\}/, 'a path has no braces around it'],
  [/===|!==/, 'a comparison is == or !='],
  [comparedNumber, 'a number in an expression is in backticks, such as `1`'],
  [/\b(?:and|or|not)\b/i, 'write && for and, || for or, ! for not'],
  [/[\w)\]]\s*\[\s*["'`]/, 'a name in brackets is written behind a dot, such as data."order-id"'],
  [/[\w\]]-\d/, 'a name with a hyphen is in double quotes, such as "order-1"'],
  [/[\w)\]]\s+&\s+[\w(]/, 'write && for and'],
  [/^[^"]*"(?:[^"]*"[^"]*")*[^"]*$/, 'a name in double quotes has no second quote'],
];

/** @param text an expression with a syntax error @returns the end of the sentence that names the error; empty when unknown */
export function syntaxRemedy(text: string): string {
  if (numberAlone.test(text)) return ': a number alone needs no quotes';
  const word = backticks.exec(text)?.[1];
  if (word !== undefined && !/^(?:true|false|null)$/.test(word))
    return `: a text is in single quotes, such as '${word.slice(0, 40)}'; backticks are for numbers, true and false`;
  const bare = text.replaceAll(
    /'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`/g,
    (quoted) => `${quoted[0]}${quoted[0]}`,
  );
  const remedy = remedies.find(([form]) => form.test(bare))?.[1];
  return remedy === undefined ? '' : `: ${remedy}`;
}
