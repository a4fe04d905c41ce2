/**
 * Values that stand for nobody. Programs write them where a value is missing; every event with one would match every
 * other, so they never count as match keys.
 */
import { lazily } from '../schema/lazy/lazily.ts';
import { lazyPattern } from '../schema/lazy/lazy-pattern.ts';
import { cleanText } from './clean-text.ts';
import { isDigest, sha256 } from './sha256.ts';

/** Most ids. No word or macro below begins with a letter or digit and has one of the digits 1 to 9; a digest of nothing may. */
const ordinary = /^[a-z0-9].*[1-9]/is;
const visible = /^[!-~]*$/;
const digestLengths: ReadonlySet<number> = new Set([32, 40, 64]);
/** The longest unfilled macro has about 100 characters. The limit also bounds the time. */
const maxLength = 256;

const nothing: ReadonlySet<string> = new Set(['undefined', 'null', 'none', 'nil', 'nan', 'undef']);
/** Letters and digits only: `not_set` and `(Not Set)` are `notset`. The last lines are field names in place of values. */
const words: ReadonlySet<string> = new Set(
  `na notset unset notavailable notapplicable notprovided notfound empty blank missing void true false infinity
  unknown anonymous anonymoususer guest guestuser unidentified unassigned notauthenticated unauthenticated notloggedin
  loggedout redacted filtered removed objectobject objectnull objectundefined
  id userid distinctid externalid customerid email phone ttclid ttp clickid idfa gaid`.split(/\s+/),
);
/** Spellings whose punctuation matters: numbers for "none", SQL's NULL in exports, errors of spreadsheets, digests of nothing. */
const spellings: ReadonlySet<string> = new Set([
  '-1',
  '\\n',
  ...['#null!', '#value!', '#ref!', '#name?', '#num!', '#div/0!', '#error!'],
  ...['d41d8cd98f00b204e9800998ecf8427e', 'da39a3ee5e6b4b0d3255bfef95601890afd80709'],
]);

const token = lazyPattern(String.raw`[\p{L}\p{N}]+`, 'gu');
const zeros = /^0+$/;
const escaped = /%[0-9a-f]{2}/i;

/** Words with at most one digit each, as in `s2s_click_id`: a GUID in braces does not match. */
const macroName = String.raw`[$%!:=\s]*[a-z]+(?:\d[a-z]*)?(?:[\s_.:|-]+[a-z]+(?:\d[a-z]*)?)*[$%\s]*`;
/** An ad platform or a template fills such a macro in: one that is still there was never filled in. */
const macros: readonly RegExp[] = [
  new RegExp(`^__${macroName}__$`),
  /^(?:\{\{.*\}\}|\[\[.*\]\]|<<.*>>|%%.*%%|##.*##|@@.*@@|\$\$.*\$\$)$/s,
  /^(?:[$#%@]\{.*\}|\$\(.*\)|<%.*%>|\{%.*%\}|\*\|.*\|\*)$/s,
  new RegExp(String.raw`^(?:\{${macroName}\}|\[${macroName}\]|<${macroName}>|\(${macroName}\))$`, 'i'),
  new RegExp(String.raw`^(?:%${macroName}%|#${macroName}#|\|${macroName}\||\$${macroName}\$)$`, 'i'),
];

/** @returns true for a text that stands for a missing id or click id, such as `undefined`, `0` or `__CLICKID__` */
export function isPlaceholder(text: string): boolean {
  if (text.length > maxLength) return false;
  if (ordinary.test(text) && !digestLengths.has(text.length) && visible.test(text)) return false;
  const value = cleanText(text).toLowerCase();
  if (isDigest(value)) return isPlaceholderDigest(value);
  if (spellings.has(value)) return true;
  return !ordinary.test(value) && (isWord(value) || isMacro(value));
}

/** True as well for a text without letters and digits, such as `""` or `-`, and for `undefined_null` or a UUID of zeros. */
function isWord(value: string): boolean {
  const tokens = value.match(token()) ?? [];
  return words.has(tokens.join('')) || tokens.every((part) => nothing.has(part) || zeros.test(part));
}

function isMacro(value: string): boolean {
  if (macros.some((macro) => macro.test(value))) return true;
  if (!escaped.test(value)) return false;
  try {
    const decoded = decodeURIComponent(value);
    return macros.some((macro) => macro.test(decoded));
  } catch {
    return false;
  }
}

const noDigest = /^0{64}$/;
/** Texts that programs hash where a value is missing, one a line; the first is empty. */
const hashedTexts: readonly string[] = `
undefined|null|none|nil|NaN|NA|N/A|#N/A|n.a.|\\N|(null)|<null>|(none)|<none>|empty|missing|true|false|[object Object]
not set|not_set|(not set)|not provided|(not provided)|not available|unknown|anonymous|guest|email|phone
undefined undefined|null null|undefined@undefined|null@null|-|--|-1|.|""|''|{}|[]
00000000-0000-0000-0000-000000000000|00000000000000000000000000000000
__CLICKID__|{{ttclid}}|{{email}}|{{phone}}|{{external_id}}|{email}|{phone}|%%EMAIL%%|%%PHONE%%`.split(
  /[|\n]/,
);
const lengths = Array.from({ length: 16 }, (_, index) => index + 1);

/** Somebody hashed a missing value: in any case, with the space or line end of a shell, with a phone's `+`, or twice. */
const placeholderDigests = lazily((): ReadonlySet<string> => {
  const texts = [...hashedTexts, ...lengths.map((length) => '0'.repeat(length))];
  const cased = new Set(
    texts.flatMap((text) => [text, text.toLowerCase(), text.toUpperCase(), capitalized(text)]),
  );
  const spelled = [...cased].flatMap((text) => [text, ` ${text}`, `${text} `, `${text}\n`, `+${text}`]);
  const phones = [...'123456789'].flatMap((digit) => lengths.map((length) => `+${digit.repeat(length)}`));
  return new Set([...spelled, ...phones, ...texts.map(sha256)].map(sha256));
});

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1).toLowerCase();

/** @returns true for the SHA-256 digest of an empty text or of a placeholder, and for 64 zeros */
export const isPlaceholderDigest = (digest: string): boolean =>
  noDigest.test(digest) || placeholderDigests().has(digest.toLowerCase());
