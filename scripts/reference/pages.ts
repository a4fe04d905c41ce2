/** The pages that are partly made from the code, and how. */
import { collectSkips } from '../../lib/collect/skip-reasons.ts';
import type { EventFields } from '../../lib/events/fields/table.ts';
import { deadLetterReasons } from '../../lib/reasons/dead-letter-reasons.ts';
import { eventCodes, sourceCodes } from '../../lib/reasons/event-codes.ts';
import { shapeCodes } from '../../lib/reasons/shape-codes.ts';
import { valueCodes } from '../../lib/reasons/value-codes.ts';
import { skipReasons } from '../../lib/webhooks/report/reason-texts.ts';
import { signatureFailures } from '../../lib/webhooks/report/signature-texts.ts';
import { issuesTable, problemsTable, reasonsTable } from './code-tables.ts';
import { faultsTable } from './faults-table.ts';
import { fieldsTable } from './fields-table.ts';
import { withBlock } from './markdown.ts';
import { namesTable } from './names-table.ts';
import { repairsTable } from './repairs.ts';

/** @returns for each page, by its path, its generated parts by their marks */
export const generatedParts = (
  fields: EventFields,
): Readonly<Record<string, Readonly<Record<string, string>>>> => ({
  'docs/events.md': {
    fields: fieldsTable(fields),
    names: namesTable(),
    repairs: repairsTable(),
    faults: faultsTable(),
  },
  'docs/errors.md': {
    'shape codes': issuesTable(shapeCodes),
    'value codes': issuesTable(valueCodes),
    'event codes': issuesTable(eventCodes),
    'source codes': issuesTable(sourceCodes),
    problems: problemsTable(),
    'skip reasons': reasonsTable(skipReasons),
    'collector skips': reasonsTable(collectSkips),
    'signature failures': reasonsTable(signatureFailures),
    'dead letters': reasonsTable(deadLetterReasons),
  },
});

/** @returns the page with its parts as the code makes them now */
export const withParts = (page: string, parts: Readonly<Record<string, string>>): string =>
  Object.entries(parts).reduce((text, [name, content]) => withBlock(text, name, content), page);
