/** The courses of docs/delivery.md#in-time, and what promise 11 asks of each. */
import { type Course, type CourseResult, runCourse } from './run-course.ts';

export interface Row {
  readonly course: Course;
  /** What TikTok does, as the page says it. */
  readonly says: string;
}

const troubles: readonly (readonly [trouble: Course['trouble'], says: string])[] = [
  ['none', 'answers'],
  ['tenth-503', 'answers 503 to 10 % of the calls'],
  ['tenth-stalls', 'stalls 10 % of the calls for 8 s'],
  ['503', 'answers 503 at once for 3 minutes'],
  ['stalls', 'stalls every call for 8 s, for 3 minutes'],
];

const rowsAt = (perSecond: number, isAlone = false): Row[] =>
  troubles.map(([trouble, says]) => ({
    says,
    course: { perSecond, trouble, isAlone, calmSeconds: calmSeconds(perSecond, trouble) },
  }));

/** A share of 99.99 % needs 10,000 events. An outage shows itself in the three minutes that it lasts. */
function calmSeconds(perSecond: number, trouble: Course['trouble']): number | undefined {
  if (trouble === '503' || trouble === 'stalls') return undefined;
  return Math.max(60, (trouble === 'none' ? 10_000 : 3_000) / perSecond);
}

/** Seconds of CPU each: `npm test` runs them. */
export const shortRows: readonly Row[] = [...rowsAt(1), ...rowsAt(1, true), ...rowsAt(100)];

/** A minute of CPU and more. */
export const longRows: readonly Row[] = [...rowsAt(20, true), ...rowsAt(1_000)];

export const runRow = ({ course }: Row): Promise<CourseResult> => runCourse(course);

/** @returns what breaks promise 11, nothing when it holds */
export function broken({ course: { trouble } }: Row, result: CourseResult): string | undefined {
  const { inOneMinute, inFiveMinutes } = result;
  if (trouble === 'none') return inOneMinute >= 0.9999 ? undefined : 'less than 99.99 % within 60 s';
  if (trouble.startsWith('tenth'))
    return inFiveMinutes >= 0.999 ? undefined : 'less than 99.9 % within 5 minutes';
  return inFiveMinutes === 1 ? undefined : 'not every event within 5 minutes';
}
