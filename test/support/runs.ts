/** How often a law is tried: as often as asked, and a few times only while mutation testing runs it for each mutant. */
const isMutating = process.env.STRYKER_MUTATOR_WORKER !== undefined;

export const runs = (numRuns: number): { numRuns: number; endOnFailure: boolean } => ({
  numRuns: isMutating ? 25 : numRuns,
  endOnFailure: isMutating,
});
