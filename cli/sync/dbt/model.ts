/** Finds a model in the manifest that `dbt build` and `dbt compile` write to `target/manifest.json`. */
import { readFile } from 'node:fs/promises';
import * as z from 'zod/mini';
import { nearestName } from '../../../lib/schema/nearest-name.ts';
import { parseJson } from '../../../lib/schema/parse-json.ts';
import { usageError } from '../../errors/cli-error.ts';
import { printable } from '../../terminal/output.ts';

const optionalText = () => z.optional(z.nullable(z.string()));
const version = () => z.optional(z.nullable(z.union([z.string(), z.number()])));

/** The parts of https://schemas.getdbt.com/dbt/manifest/ that are used, the same in all versions since dbt 1.0. */
const nodeSchema = z.object({
  resource_type: z.string(),
  name: z.string(),
  unique_id: z.string(),
  package_name: optionalText(),
  database: optionalText(),
  schema: optionalText(),
  alias: optionalText(),
  relation_name: optionalText(),
  version: version(),
  latest_version: version(),
  config: z.optional(z.looseObject({ materialized: optionalText() })),
});

const manifestSchema = z.object({
  metadata: z.optional(z.looseObject({ adapter_type: optionalText() })),
  nodes: z.record(z.string(), z.unknown()),
});

export type DbtNode = z.infer<typeof nodeSchema>;

export interface Manifest {
  /** `postgres`, `duckdb`, `snowflake`, …; undefined when the manifest does not say. */
  readonly adapter: string | undefined;
  /** What has rows: models, snapshots and seeds. */
  readonly nodes: readonly DbtNode[];
}

const kinds: ReadonlySet<string> = new Set(['model', 'snapshot', 'seed']);

/** @throws a usage error for a file that cannot be read or is no manifest */
export async function readManifest(file: string): Promise<Manifest> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw usageError(
      `The file of --dbt cannot be read (${error.code}). dbt writes it to target/manifest.json of its project: run dbt compile.`,
    );
  });
  const manifest = manifestSchema.safeParse(parseJson(text));
  if (!manifest.success)
    throw usageError(
      'The file of --dbt is no manifest of dbt: give target/manifest.json of the project, and run dbt compile if it is broken.',
    );
  const nodes = Object.values(manifest.data.nodes).flatMap((node) => {
    const parsed = nodeSchema.safeParse(node);
    return parsed.success && kinds.has(parsed.data.resource_type) ? [parsed.data] : [];
  });
  return { adapter: manifest.data.metadata?.adapter_type ?? undefined, nodes };
}

/**
 * @param name as in `ref()`: `orders`, `orders.v2`, `shop.orders`, or the unique id `model.shop.orders`
 * @throws a usage error for a name that no model has, or that several have
 */
export function findModel({ nodes }: Manifest, name: string): DbtNode {
  const named = nodes.filter((node) => namesOf(node).includes(name));
  const latest = named.filter((node) => !isOld(node) || node.unique_id === name);
  const [found, ...others] = latest.length > 0 ? latest : named;
  if (found === undefined) throw unknownModel(nodes, name);
  if (others.length === 0) return found;
  const ids = [found, ...others].map(({ unique_id }) => unique_id).join(', ');
  throw usageError(printable(`--model ${name}: several have this name. Give one of ${ids}.`, 500));
}

function namesOf({ name, unique_id: id, package_name: project, version }: DbtNode): string[] {
  const short = version === undefined || version === null ? [name] : [name, `${name}.v${version}`];
  return [id, ...short, ...(project ? short.map((each) => `${project}.${each}`) : [])];
}

/** A model of an earlier version, which `ref()` without a version does not mean. */
const isOld = ({ version, latest_version: latest }: DbtNode): boolean =>
  version !== undefined && version !== null && latest !== undefined && version !== latest;

function unknownModel(nodes: readonly DbtNode[], name: string) {
  const names = [...new Set(nodes.map((node) => node.name))];
  const near = nearestName(name, names);
  const meant = near === undefined ? '' : ` Did you mean ${near}?`;
  const some = names.sort().slice(0, 10).join(', ');
  const more = names.length > 10 ? ` and ${names.length - 10} more` : '';
  return usageError(
    printable(
      `--model ${name}: the manifest has no model of this name.${meant} It has ${some || 'no model'}${more}.`,
      500,
    ),
  );
}
