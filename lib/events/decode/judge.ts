/**
 * The one rule of tolerance, for the API, webhooks, the queue and syncs. A fault is of one of two classes: a mistake of a
 * program, or a value that nobody can match or that TikTok does not take. The handling decides what each class costs.
 */
import { type FieldIssue, maxIssues } from '../issue.ts';
import type { IssueCode } from '../issue-codes.ts';

/**
 * - `strict`: both classes reject the event (`Prefer: handling=strict`, RFC 7240).
 * - `lenient`: a mistake rejects the event, and an unusable value is omitted. For callers who can fix a program.
 * - `salvage`: both classes are omitted. For webhooks, whose sender can fix nothing.
 */
export type Handling = 'strict' | 'lenient' | 'salvage';

/** A mistake of a program, such as a wrong type; or a value that cannot be used, such as a text that is no e-mail address. */
export type Fault = 'mistake' | 'unusable';

export type CodedIssue = FieldIssue<IssueCode>;

/** Collects the findings in one event, and decides whether a fault costs the event or only the faulty part of it. */
export interface Judge {
  readonly errors: readonly CodedIssue[];
  /** Warnings about the parts that were left out. */
  readonly omissions: readonly CodedIssue[];
  readonly warnings: readonly CodedIssue[];
  /** @param field the path of a field, such as `contents[2].price` */
  mayOmit(fault: Fault, field: string): boolean;
  omit(issue: CodedIssue): void;
  fail(issue: CodedIssue): void;
  warn(issue: CodedIssue): void;
  /** @param field the name of a field of an event */
  isOmitted(field: string): boolean;
}

/** @param isEssential true for a field without which the event would be another one: a mistake there always rejects it */
export function createJudge(handling: Handling, isEssential: (field: string) => boolean): Judge {
  const errors: CodedIssue[] = [];
  const omissions: CodedIssue[] = [];
  const warnings: CodedIssue[] = [];
  // Only the first omissions are reported; all of them are known here.
  const omitted: string[] = [];
  return {
    errors,
    omissions,
    warnings,
    mayOmit: (fault, field) =>
      fault === 'unusable' ? handling !== 'strict' : handling === 'salvage' && !isEssential(fieldOf(field)),
    omit: ({ field, code, message }) => {
      const name = fieldOf(field);
      if (!omitted.includes(name)) omitted.push(name);
      if (omissions.length < maxIssues) omissions.push({ field, code, message: `omitted: ${message}` });
    },
    fail: (issue) => void errors.push(issue),
    warn: (issue) => void warnings.push(issue),
    isOmitted: (field) => omitted.includes(field),
  };
}

/** @returns the name of the field that a path leads into: `contents` of `contents[2].price` */
export const fieldOf = (path: string): string => /^\w*/.exec(path)?.[0] ?? '';
