/**
 * The members that an audience has been given. A private file keeps salted digests of them, one a line, and is only
 * ever added to: a finder of the file learns no address from it without trying each with the salt.
 */
import { randomBytes } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { isDigest } from '../../../lib/privacy/sha256.ts';
import { createIdentifyMember, type IdentifyMember, type Member } from '../../../lib/rows/member.ts';
import { parseJson } from '../../../lib/schema/parse-json.ts';
import { usageError } from '../../errors/cli-error.ts';
import { readPrivateFile, writePrivateFile } from './private-file.ts';

const headSchema = z.object({
  version: z.literal(1),
  audience: z.string(),
  target: z.string(),
  salt: z.string().check(z.refine(isDigest)),
});

export interface Members {
  readonly identify: IdentifyMember;
  /** True when the member was new; it is known from now on. */
  claim(member: Member): boolean;
  /** Writes members down whose events were accepted. */
  remember(members: readonly Member[]): void;
}

export interface MembersOptions {
  readonly file: string;
  readonly audience: string;
  readonly target: string;
  /** A dry run writes nothing. */
  readonly isReadOnly: boolean;
}

export function openMembers(options: MembersOptions): Members {
  const { file } = options;
  const { salt, digests } = load(options);
  const known = new Set(digests);

  return {
    identify: createIdentifyMember(salt),
    claim: ({ digests: own }) => {
      const isNew = !own.some((digest) => known.has(digest));
      for (const digest of own) known.add(digest);
      return isNew;
    },
    remember: (members) => {
      if (members.length === 0) return;
      appendFileSync(file, `${members.flatMap(({ digests: own }) => own).join('\n')}\n`, { flush: true });
    },
  };
}

function load({ file, audience, target, isReadOnly }: MembersOptions) {
  const text = readPrivateFile(file);
  if (text === undefined || text === '') {
    const salt = randomBytes(32).toString('hex');
    if (!isReadOnly) writePrivateFile(file, `${JSON.stringify({ version: 1, audience, target, salt })}\n`);
    return { salt, digests: [] };
  }
  const [head = '', ...lines] = text.split('\n');
  const decoded = headSchema.safeParse(parseJson(head));
  if (!decoded.success) throw usageError('The file of --state is not a list of members: name another.');
  if (decoded.data.audience !== audience || decoded.data.target !== target)
    throw usageError('The file of --state belongs to another audience or stage: name another.');
  // A kill may have cut the last line short: the next one starts on a line of its own.
  if (!isReadOnly && !text.endsWith('\n')) appendFileSync(file, '\n');
  return { salt: decoded.data.salt, digests: lines.filter((line) => /^[0-9a-f]{32}$/.test(line)) };
}
