/** The table of fields in docs/events.md, made from the rows. */
import { eventSources } from '../../lib/events/destination.ts';
import type { Field, FieldTable } from '../../lib/events/fields/field.ts';
import { code, markdownTable } from './markdown.ts';

/** @returns one line for each row of `table` */
export const fieldsTable = (table: FieldTable): string =>
  markdownTable(
    ['Field', 'What it is', 'Sent to TikTok as', 'Event sources'],
    Object.entries(table).map(([name, row]) => [
      code(name),
      row.expects,
      targetOf(name, row),
      sourcesOf(row),
    ]),
  );

function targetOf(name: string, { to, as = name, hash, normalize, isSpread }: Field): string {
  if (to === 'call') return 'chooses the call';
  if (isSpread) return `entries of \`${to}\``;
  const path = to === 'event' ? as : to === 'contents' ? `properties.contents[].${as}` : `${to}.${as}`;
  return `\`${path}\`${hash ? ', as SHA-256' : normalize ? ', normalized' : ''}`;
}

const sourcesOf = ({ sources = eventSources }: Field): string =>
  sources.length === eventSources.length ? 'all' : sources.join(', ');
