/** Chance: real in Lambda, drawn from a seed where a run must be repeatable. */

/** @returns a number from 0 to less than 1 */
export type Chance = () => number;

export const systemChance: Chance = Math.random;
