/**
 * The digests of settled events at and after the cursor's value, in items of their own: there can be more than fit into the
 * item `state`. A new generation is written before the state names it, so a kill leaves the one before whole.
 */
import type { Start } from '../../rows/position.ts';
import { textOf } from './attributes.ts';
import type { Attributes, SyncTable } from './dynamodb.ts';

/** A digest of 24 hexadecimal digits is 12 bytes: 300 KB in an item, of 400 KB that DynamoDB takes. */
const digestsPerItem = 25_000;
const digestBytes = 12;
const prefix = 'settled#';

type Digests = Pick<Start, 'settled' | 'ahead'>;

/** Reads one generation, and removes the others: a killed run left them. */
export async function readSettled(table: SyncTable, generation: string | undefined): Promise<Digests> {
  const items = await table.list(prefix);
  const isOwn = ({ item }: Attributes): boolean =>
    generation !== undefined && textOf(item).startsWith(`${prefix}${generation}#`);
  for (const other of items) if (!isOwn(other)) await table.remove(textOf(other.item));
  const own = items.filter(isOwn);
  const of = (kind: string) => own.filter((each) => textOf(each.kind) === kind).flatMap(digestsOf);
  return { settled: of('settled'), ahead: of('ahead') };
}

export async function writeSettled(table: SyncTable, generation: string, digests: Digests): Promise<void> {
  for (const [index, chunk] of toChunks(digests).entries()) await table.put(itemOf(generation, index), chunk);
}

export async function removeSettled(table: SyncTable, generation: string, digests: Digests): Promise<void> {
  for (const index of toChunks(digests).keys()) await table.remove(itemOf(generation, index));
}

const itemOf = (generation: string, index: number): string =>
  `${prefix}${generation}#${String(index).padStart(4, '0')}`;

const toChunks = ({ settled, ahead = [] }: Digests): Attributes[] => [
  ...chunksOf('settled', settled),
  ...chunksOf('ahead', ahead),
];

function chunksOf(kind: string, digests: readonly string[]): Attributes[] {
  const count = Math.ceil(digests.length / digestsPerItem);
  return Array.from({ length: count }, (_, index) => {
    const own = digests.slice(index * digestsPerItem, (index + 1) * digestsPerItem);
    return { kind: { S: kind }, digests: { B: Buffer.from(own.join(''), 'hex') } };
  });
}

function digestsOf({ digests }: Attributes): string[] {
  const bytes = Buffer.from(digests?.B as Uint8Array);
  return Array.from({ length: bytes.length / digestBytes }, (_, index) =>
    bytes.toString('hex', index * digestBytes, (index + 1) * digestBytes),
  );
}
