/**
 * Which file `--rejects` may write: a new one, or the rejects of an earlier run. Never one that the same sync reads, and
 * never one that something else made.
 */
import { closeSync, openSync, readSync, type Stats, statSync } from 'node:fs';
import { basename, matchesGlob, resolve } from 'node:path';
import { usageError } from '../../errors/cli-error.ts';
import { codeOf } from '../../errors/explain-error.ts';
import { terminal } from '../../terminal/io.ts';
import type { SyncOptions } from '../options.ts';
import { checkPrivateFile } from '../state/private-file.ts';

const setting = '--rejects';

export type SyncFiles = Pick<SyncOptions, 'query' | 'postgres' | 'duckdb' | 'dbt' | 'map' | 'state'>;

/** Throws a usage error that says what is wrong with the file, and never changes it. */
export function checkRejectsFile(file: string, files: SyncFiles): void {
  if (isInUse(file, files))
    throw usageError(`The file of ${setting} is one that this sync reads or writes already: name another.`);
  if (checkPrivateFile(file, setting) && !isOwnRejects(file))
    throw usageError(
      `The file of ${setting} exists and is not the rejects of an earlier sync: remove it, or name another.`,
    );
}

function isInUse(file: string, { query = '', postgres, duckdb, dbt, map, state }: SyncFiles): boolean {
  const own = [duckdb, dbt, map, state, state && `${state}.lock`].filter((other) => other !== undefined);
  const named = postgres === undefined ? [...textsIn(query)] : [];
  const wanted = statOf(file);
  const isSame = (other: string): boolean =>
    resolve(other) === resolve(file) || isSameFile(wanted, statOf(other));
  if ([...own, ...named].some(isSame)) return true;
  if (named.some((pattern) => matchesGlob(resolve(file), resolve(pattern)))) return true;
  const isMentioned = wanted !== undefined && postgres === undefined && mentions(query, file);
  return isMentioned || isSameFile(wanted, terminal().inputStats());
}

/** A bare name, a URL or `~/…`: DuckDB reads them as files, too. A name without a dot may be any word. */
function mentions(query: string, file: string): boolean {
  const name = basename(file).toLowerCase();
  return name.includes('.') && query.toLowerCase().includes(name);
}

/** Matches comments too, so that an apostrophe in one does not start a text. */
const token =
  /--[^\n]*|\/\*[\s\S]*?\*\/|'((?:[^']|'')*)'|"((?:[^"]|"")*)"|\$([A-Za-z_]\w*|)\$([\s\S]*?)\$\3\$/g;

/** Every text and quoted name of the query: one may be a file, also inside a list or a call. */
function* textsIn(query: string): Generator<string> {
  for (const [, text, name, , dollars] of query.matchAll(token)) {
    const found = text?.replaceAll("''", "'") ?? name?.replaceAll('""', '"') ?? dollars;
    if (found !== undefined) yield found;
  }
}

const statOf = (file: string): Stats | undefined => {
  try {
    return statSync(file);
  } catch {
    return undefined;
  }
};

const isSameFile = (one: Stats | undefined, other: Stats | undefined): boolean =>
  one !== undefined && one.ino === other?.ino && one.dev === other.dev;

const beginning = /^\{"row":\d{1,16},"errors":\[\{"field":"/;

/** An empty file counts: a sync without rejected rows leaves one. */
function isOwnRejects(file: string): boolean {
  try {
    const descriptor = openSync(file, 'r');
    const bytes = Buffer.alloc(64);
    const length = readSync(descriptor, bytes);
    closeSync(descriptor);
    return length === 0 || beginning.test(bytes.toString('utf8', 0, length));
  } catch (error) {
    throw usageError(`The file of ${setting} cannot be read (${codeOf(error)}).`);
  }
}
