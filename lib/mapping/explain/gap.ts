/** Why a part of an expression gives nothing, in words that contain no value of the body. */
import { isBlank } from '../../schema/is-blank.ts';
import { isObject } from '../../schema/is-object.ts';
import { joinPath, printName } from './print-node.ts';
import { suggestName } from './suggest-name.ts';

export interface Gap {
  /** A sentence without a full stop. Its names come from the expression; only a suggestion is a name of the body. */
  readonly text: string;
  /** False when the path is right and this body has nothing there. */
  readonly isMistake: boolean;
  /** Inside `{content_id: …}`: the name of the part. */
  readonly part?: string | undefined;
}

export const mistake = (text: string): Gap => ({ text, isMistake: true });
export const fact = (text: string): Gap => ({ text, isMistake: false });

/** What an explanation knows of the entry. */
export interface Wording {
  /** What an expression reads from: `the body`, or `the item` with source.each. */
  readonly input: string;
  /** The expression as the stage file writes it. */
  readonly text: string;
  /** Whether a constant is likely in the entry: for a currency, but not for an e-mail address. */
  readonly takesConstant: boolean;
  /** True for a side of a comparison that is a bare word, as in `status == paid`. */
  readonly isCompared?: boolean;
  /** The whole body, when the expression reads an item of it. */
  readonly payload?: unknown;
}

/** @param at the path to `holder`; empty for the input itself @returns why `name` of `holder` gives nothing; undefined when it gives something */
export function gapAt(name: string, holder: unknown, at: string, wording: Wording): Gap | undefined {
  const place = at === '' ? wording.input : at;
  const written = printName(name);
  if (Array.isArray(holder)) {
    const [one, all] = [joinPath(`${at}[0]`, written), joinPath(`${at}[]`, written)];
    return mistake(`${place} is a list: write ${one} or ${all}`);
  }
  if (!isObject(holder)) return mistake(`${place} is ${typeName(holder)}, which has no ${written}`);
  if (Object.hasOwn(holder, name)) return emptyAt(holder[name], joinPath(at, written), wording.input);
  return mistake(`${place} has no ${written}${remedyFor(name, holder, at, wording)}`);
}

function remedyFor(name: string, holder: object, at: string, wording: Wording): string {
  const { text, takesConstant, isCompared, payload } = wording;
  if (at === '' && isObject(payload) && Object.hasOwn(payload, name))
    return `, but the body has: write payload().${printName(name)}`;
  const near = suggestName(name, holder);
  if (near !== undefined) return `; did you mean ${near}?`;
  if (text.includes(JSON.stringify(name)) || isCompared === true)
    return `: for a text, write single quotes, '${name}'`;
  // A bare word that is the whole expression.
  if (takesConstant && at === '' && text.trim() === name)
    return `: a constant needs quotes of its own, "'${name}'"`;
  return '';
}

/** @returns undefined for a value that is there */
export function emptyAt(value: unknown, path: string, input: string): Gap | undefined {
  const place = path === '' ? input : path;
  if (value === null || value === undefined) return fact(`${place} is null in this body`);
  if (value === false) return fact(`${place} is false in this body`);
  if (isBlank(value)) return fact(`${place} is an empty text in this body`);
  if (typeof value !== 'object') return undefined;
  if (Array.isArray(value))
    return value.length === 0 ? fact(`${place} is an empty list in this body`) : undefined;
  return Object.keys(value).length === 0 ? fact(`${place} is an empty object in this body`) : undefined;
}

export function typeName(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${itemName(value[0])}`;
  if (typeof value === 'string') return 'a text';
  if (typeof value === 'object') return 'an object';
  return `a ${typeof value}`;
}

function itemName(value: unknown): string {
  if (value === null || value === undefined) return 'nulls';
  if (Array.isArray(value)) return 'lists';
  return typeof value === 'string' ? 'texts' : `${typeof value}s`;
}
