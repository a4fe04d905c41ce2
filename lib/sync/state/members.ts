/** The members of an audience: one item for each salted digest. */
import { createIdentifyMember, type Member } from '../../rows/member.ts';
import type { ReadyEvent } from '../../rows/prepared-row.ts';
import type { SyncTable } from './dynamodb.ts';

/** Members of one run that are kept in memory; of the others the table knows. */
const maxKept = 500_000;

const itemOf = (digest: string): string => `member#${digest}`;

/** With `mode: add`, every event has a member. */
const digestsOf = ({ member }: ReadyEvent): readonly string[] => (member as Member).digests;

export interface Members {
  readonly identify: ReturnType<typeof createIdentifyMember>;
  /** True when this run has not met the member. */
  claim(member: Member): boolean;
  /** @returns the events whose members no earlier run has added */
  onlyNew(events: readonly ReadyEvent[]): Promise<readonly ReadyEvent[]>;
  /** Writes members down whose events are in the queue. */
  remember(events: readonly ReadyEvent[]): Promise<void>;
}

export function openMembers(table: SyncTable, salt: string): Members {
  const met = new Set<string>();
  const itemsOf = (events: readonly ReadyEvent[]): string[] =>
    [...new Set(events.flatMap(digestsOf))].map(itemOf);
  return {
    identify: createIdentifyMember(salt),
    claim: ({ digests }) => {
      const isNew = !digests.some((digest) => met.has(digest));
      if (met.size > maxKept) met.clear();
      for (const digest of digests) met.add(digest);
      return isNew;
    },
    onlyNew: async (events) => {
      const known = await table.existing(itemsOf(events));
      return events.filter((event) => !digestsOf(event).some((digest) => known.has(itemOf(digest))));
    },
    remember: (events) => table.addNames(itemsOf(events)),
  };
}
