/** The guides send an operator to charts of the dashboard: each one exists, under the name that the guide uses. */
import { expect, test } from 'vitest';
import { firstRow } from '../../../stack/dashboard/first-row.ts';
import { logCharts } from '../../../stack/dashboard/log-charts.ts';
import { functionsOf } from '../../../stack/names.ts';
import { allPages, readPage } from '../../docs/pages.ts';

const names = [
  ...firstRow('prod').flatMap(({ title, lines }) => [title, ...lines.map(([label]) => label)]),
  ...logCharts('prod', functionsOf({ collect: {} })).map(({ title }) => title),
];

/** The names in italics of the sentences and rows that speak of the dashboard. */
const mentioned = allPages.map(readPage).flatMap((page) =>
  page
    .split(/\n\n|\n(?=\|)|(?<=\.)\s/)
    .filter((text) => /dashboard/i.test(text) && !text.includes('Stripe dashboard'))
    .flatMap((text) => [...text.replaceAll('**', '').matchAll(/\*([^*`]+)\*/g)].map(([, name = '']) => name)),
);

test('every chart that a guide names is on the dashboard', () => {
  expect(mentioned).toContain('Events that wait, by reason');
  expect(mentioned.length).toBeGreaterThan(10);
  const unknown = mentioned.filter(
    (name) => !names.some((title) => title.startsWith(name.replaceAll('\n', ' '))),
  );
  expect(unknown).toEqual([]);
});
