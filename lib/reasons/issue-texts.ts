/** What each code of a field means and what to do: for docs/errors.md, and for the stories of rejected events. */
import type { IssueCode } from '../events/issue-codes.ts';
import { eventCodes, sourceCodes } from './event-codes.ts';
import type { IssueText } from './issue-text.ts';
import { shapeCodes } from './shape-codes.ts';
import { valueCodes } from './value-codes.ts';

/** A code of `IssueCode` without a text does not compile, and neither does a text without a code. */
export const issueTexts = {
  ...shapeCodes,
  ...valueCodes,
  ...eventCodes,
  ...sourceCodes,
} as const satisfies Readonly<Record<IssueCode, IssueText>>;
