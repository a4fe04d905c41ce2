/** The table of TikTok's standard event names in docs/events.md. */
import { standardNames } from '../../lib/events/standard-events.ts';
import { code, markdownTable } from './markdown.ts';

/** What TikTok calls them since 2025 (TikTok help: how-to-adopt-tiktoks-updated-standard-events). */
const newNames: Readonly<Record<string, string>> = { CompletePayment: 'Purchase', SubmitForm: 'Lead' };

export const namesTable = (): string =>
  markdownTable(
    ['Event sources', 'Names'],
    [
      ['web, offline, crm', list(standardNames.web)],
      ['app', list(standardNames.app)],
      ['former names, which TikTok still takes', standardNames.former.map(withNewName).join(', ')],
    ],
  );

const list = (names: readonly string[]): string => names.map(code).join(', ');

const withNewName = (name: string): string =>
  newNames[name] === undefined ? code(name) : `${code(name)} (now ${code(newNames[name])})`;
