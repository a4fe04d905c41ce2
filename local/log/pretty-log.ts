/** Turns a line that a function logged as JSON into a short, colored line, with details below it; leaves metrics out. */
import pc from 'picocolors';
import { withoutControls } from '../../lib/errors/without-controls.ts';
import { isObject } from '../../lib/schema/is-object.ts';
import { parseJson } from '../../lib/schema/parse-json.ts';
import { describeStep } from './describe-step.ts';
import type { LogEntry, Step } from './log-entry.ts';

type Colors = Pick<typeof pc, Step['color']>;

/** As wide as the time before a line. */
const indent = ' '.repeat(11);

/** @returns the lines to print, or undefined for a line that adds nothing; lines that are not JSON stay unchanged */
export function prettyLine(line: string, colors: Colors = pc): string | undefined {
  const entry = parseEntry(line);
  if (!entry) return line;
  if ('_aws' in entry) return undefined;
  const step = describeStep(entry);
  if (!step) return undefined;
  const time = /T(\d\d:\d\d:\d\d)/.exec(String(entry.timestamp ?? ''))?.[1] ?? '';
  const details = step.fields.flatMap((name) => {
    const text = showValue(entry[name]);
    return text === undefined ? [] : [`${name}=${withoutControls(text)}`];
  });
  const paint = colors[step.color];
  const parts = [
    colors.dim(time),
    paint(`${step.symbol} ${withoutControls(step.text)}`),
    colors.dim(details.join('  ')),
  ];
  const first = parts.filter((part) => part !== '').join(' ');
  const below = step.details?.map(
    (text) => indent + (text.startsWith('!') ? colors.yellow : colors.dim)(withoutControls(text)),
  );
  return [first, ...(below ?? [])].join('\n');
}

function showValue(value: unknown): string | undefined {
  if (value === null || value === undefined || value === '') return undefined;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function parseEntry(line: string): LogEntry | undefined {
  if (!line.startsWith('{')) return undefined;
  const entry = parseJson(line);
  return isObject(entry) ? entry : undefined;
}
