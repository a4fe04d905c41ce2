/**
 * The answers of POST /v1/events, stated once: the types of the receipts, the OpenAPI document and the check of answers in
 * the command line all come from these schemas. Functions import only the types.
 */
import * as z from 'zod/mini';
import { problemSchema } from '../http/problem-schema.ts';

const index = z.int().check(z.minimum(0), z.describe('Position in the request, from 0.'));

export const issueSchema = z.object({ field: z.string(), code: z.string(), message: z.string() });

const issues = z.readonly(z.array(issueSchema));

const stored = {
  index,
  event_id: z
    .string()
    .check(z.describe('The id that TikTok deduplicates on: yours, or one derived from the event.')),
  warnings: issues,
};

const acceptedReceipt = z.object({ ...stored, status: z.literal('accepted') });

const unqueuedReceipt = z
  .object({ ...stored, status: z.literal('retry') })
  .check(z.describe('The event is valid but was not queued. Resend it with this `event_id`.'));

const rejectedReceipt = z.object({ index, status: z.literal('rejected'), errors: issues });

/** The result for one event. */
export const receiptSchema = z.discriminatedUnion('status', [
  acceptedReceipt,
  unqueuedReceipt,
  rejectedReceipt,
]);

const receipts = z.readonly(z.array(receiptSchema));

/** 202 and 207: one receipt for each event, in the order of the request. */
export const acceptedSchema = z.object({
  accepted: z.int().check(z.minimum(0)),
  rejected: z.int().check(z.minimum(0)),
  events: receipts,
});

/** `index` is absent where the error is about the request as a whole. */
const indexedIssue = z.extend(issueSchema, { index: z.optional(index) });

/** 422 has `errors`, 503 has `events` when the queue stores no event. */
export const postProblemSchema = z.extend(problemSchema, {
  errors: z.optional(z.readonly(z.array(indexedIssue).check(z.maxLength(20)))),
  events: z.optional(receipts),
});

export type Receipt = z.infer<typeof receiptSchema>;
export type RejectedReceipt = z.infer<typeof rejectedReceipt>;
export type Accepted = z.infer<typeof acceptedSchema>;
export type IndexedIssue = z.infer<typeof indexedIssue>;
