/** The table of docs/delivery.md#in-time: a row for each course. */
import type { Row } from './courses.ts';
import type { CourseResult } from './run-course.ts';

export const head = '| Events a second | TikTok | Within 60 s | Within 5 minutes | The last after |';
const rule = '|---|---|---:|---:|---:|';

/** What identifies the row of a course in the page. */
export const startOf = ({ says, course: { perSecond, isAlone } }: Row): string =>
  `| ${perSecond.toLocaleString('en-US')}${isAlone ? ', each in a call of its own' : ''} | ${says} |`;

export const rowOf = (row: Row, { inOneMinute, inFiveMinutes, longestSeconds }: CourseResult): string =>
  `${startOf(row)} ${percent(inOneMinute)} | ${percent(inFiveMinutes)} | ${Math.round(longestSeconds)} s |`;

/** Rounded down, so that 100 % are all. */
const percent = (share: number): string => `${Math.floor(share * 10_000) / 100} %`;

/** @returns the page with this table instead of its own */
export function withTable(page: string, rows: readonly string[]): string {
  const start = page.indexOf(head);
  const end = page.indexOf('\n\n', start);
  return `${page.slice(0, start)}${[head, rule, ...rows].join('\n')}${page.slice(end)}`;
}

/** @returns the seconds of the last column in the row of a course; undefined when the page has no such row */
export function secondsOnPage(page: string, row: Row): number | undefined {
  const line = page.split('\n').find((text) => text.startsWith(startOf(row)));
  const seconds = /\| (\d+) s \|$/.exec(line ?? '')?.[1];
  return seconds === undefined ? undefined : Number(seconds);
}
