/** The body of a problem (RFC 9457): the schema that the type, the OpenAPI document and the command line share. */
import * as z from 'zod/mini';

export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  instance: z.string(),
});

export type ProblemBody = z.infer<typeof problemSchema>;
