/** The tables of docs/delivery.md that say what isolation costs: `npm run reference` writes them. */
import { markdownTable } from '../../../scripts/reference/markdown.ts';
import { badEventFigures, type Figures, fateOf, type Mix, type Spread, troubleFigures } from './figures.ts';
import { type BadEvent, badEvents, troubles } from './troubles.ts';

/** Enough for a steady median: `npm test` makes the tables again, in some seconds. */
const seeds = 40;
const troubleSeconds = 180;

/** @returns the generated parts of docs/delivery.md, by their marks */
export async function isolationTables(): Promise<Readonly<Record<string, string>>> {
  return {
    'one bad event': await oneBadEventTable(),
    'several bad events': await severalBadEventsTable(),
    'whole troubles': await troublesTable(),
  };
}

async function oneBadEventTable(): Promise<string> {
  const rows: string[][] = [];
  for (const kind of badEvents) {
    const figures = await badEventFigures(kind, { events: 50, bad: 1 }, seeds);
    rows.push([kind.name, ...cellsOf(figures), await fateCell(kind)]);
  }
  const head = ['A call with the bad event gets', 'Extra calls', 'Receives', 'Seconds', 'The bad event is'];
  return markdownTable(head, rows);
}

const mixes: readonly Mix[] = [
  { events: 10, bad: 1 },
  { events: 10, bad: 2 },
  { events: 50, bad: 2 },
  { events: 50, bad: 5 },
];

async function severalBadEventsTable(): Promise<string> {
  const rows: string[][] = [];
  for (const kind of badEvents.filter(({ earlier, isNoEventBad }) => !earlier && !isNoEventBad)) {
    const row = [kind.name];
    for (const mix of mixes) row.push(shortCell(await badEventFigures(kind, mix, seeds)));
    rows.push(row);
  }
  return markdownTable(['A call with a bad event gets', ...mixes.map(mixName)], rows);
}

async function troublesTable(): Promise<string> {
  const rows: string[][] = [];
  for (const trouble of troubles) {
    const scene = { lastsSeconds: troubleSeconds, events: 50 };
    rows.push([trouble.name, ...cellsOf(await troubleFigures(trouble, scene, seeds))]);
  }
  return markdownTable(['Trouble of 3 minutes', 'Extra calls', 'Receives', 'Seconds after its end'], rows);
}

const mixName = ({ events, bad }: Mix): string => `${bad} of ${events}`;

const cellsOf = ({ extraCalls, receives, seconds }: Figures): string[] =>
  [extraCalls, receives, seconds].map(spreadCell);

const shortCell = ({ extraCalls, seconds }: Figures): string =>
  `${spreadCell(extraCalls)} calls, ${spreadCell(seconds)} s`;

/** @returns such as `10 (12)`, or one number when all seeds agree */
function spreadCell({ median, most }: Spread): string {
  const [usual, highest] = [median, most].map((value) => String(Math.ceil(value)));
  return usual === highest ? String(usual) : `${usual} (${highest})`;
}

/** @returns such as `parked after 3 s`; the table has no reason, since it is that of the first column */
async function fateCell(kind: BadEvent): Promise<string> {
  if (kind.isNoEventBad) return 'none';
  const fate = await fateOf(kind, 1);
  if (fate?.letter === undefined) throw new Error(`the bad event was not parked: ${kind.name}`);
  const { seconds, receives } = fate;
  if (receives === 1) return `parked in ${Math.ceil(seconds)} s`;
  const time = seconds < 3_600 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3_600)} h`;
  return `parked at receive ${receives}, after ${time}`;
}
