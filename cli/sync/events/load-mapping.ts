/** Reads the mapping of `--map`, a YAML file. Without one, columns named like event fields are used. */
import { readFile } from 'node:fs/promises';
import { parseDocument } from 'yaml';
import { Misconfigured } from '../../../lib/errors/app-error.ts';
import { type FieldName, fieldNames } from '../../../lib/events/fields/table.ts';
import { type CompiledMapping, compileMapping } from '../../../lib/mapping/compile-mapping.ts';
import { isObject } from '../../../lib/schema/is-object.ts';
import { yamlProblem } from '../../../lib/schema/yaml-problem.ts';
import { usageError } from '../../errors/cli-error.ts';
import { printable } from '../../terminal/output.ts';
import type { SyncOptions } from '../options.ts';

export async function loadMapping({
  map: file,
  exclude,
}: Pick<SyncOptions, 'map' | 'exclude'>): Promise<CompiledMapping> {
  const mapping = file === undefined ? {} : await readYaml(file);
  return compileRowMapping(mapping, exclude, file ?? 'The mapping');
}

/**
 * @param content the content of a file, with its own list `exclude`
 * @param exclude the columns of `--exclude`
 * @param file for errors
 */
export function compileRowMapping(
  content: unknown,
  exclude: readonly string[],
  file: string,
): CompiledMapping {
  const { exclude: own, ...mapping } = isObject(content) ? content : {};
  const excludedNames = [
    ...exclude.map((column) => fieldOf(column, '--exclude')),
    ...columnsOf(own, file).map((column) => fieldOf(column, `${file}, exclude:`)),
  ];
  try {
    return compileMapping(isObject(content) ? mapping : content, { includeSameNames: true, excludedNames });
  } catch (error) {
    if (!(error instanceof Misconfigured)) throw error;
    throw usageError(`${file}: ${printable(`${error.setting} ${error.problem}`, 500)}`);
  }
}

function columnsOf(list: unknown, file: string): string[] {
  if (list === undefined) return [];
  if (Array.isArray(list) && list.every((column) => typeof column === 'string')) return list;
  throw usageError(`${file}: exclude must be a list of columns, such as [state, status].`);
}

async function readYaml(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw usageError(`The file of --map cannot be read (${error.code}).`);
  });
  const document = parseDocument(text, { prettyErrors: false });
  const broken = yamlProblem(document, text);
  if (broken === undefined) return document.toJS() ?? {};
  throw usageError(`${file}, line ${broken.line}: not valid YAML: ${broken.problem}`);
}

/** @throws a usage error for a name that fills no field: a misspelled one would leave the column in */
function fieldOf(column: string, where: string): FieldName {
  const lower = column.toLowerCase();
  const field = fieldNames.find((name) => name === lower);
  if (field !== undefined) return field;
  throw usageError(
    `${where} ${printable(column, 60)}: no event field has this name, so no column fills one because of it.`,
  );
}
