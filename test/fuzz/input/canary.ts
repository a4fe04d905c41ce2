/** A made-up person whose data no answer, log line or attribute may repeat (promise 5). */

export const canary = {
  email: 'Canaryella.Quandrix@canary-mail.example',
  phone: '+12025550147',
  first_name: 'Canaryella',
  last_name: 'Quandrix',
} as const;

const traces = ['canaryella', 'quandrix', 'canary-mail', '2025550147'];

/** @returns the part of the person's data that the text repeats */
export function canaryIn(text: string): string | undefined {
  const lower = text.toLowerCase();
  return traces.find((trace) => lower.includes(trace));
}
