/** How often a law is tried: as often as asked, and a few times only while mutation testing runs it for each mutant. */
const isMutating = process.env.STRYKER_MUTATOR_WORKER !== undefined;

/** The size of an input that only has to be large: much smaller for a mutant, whose every test counts. */
export const large = (size: number): number => (isMutating ? Math.ceil(size / 1_000) : size);

export const runs = (numRuns: number): { numRuns: number; endOnFailure: boolean } => ({
  numRuns: isMutating ? 25 : numRuns,
  endOnFailure: isMutating,
});
