/** Whether another program pipes the rows in: then they need no `-`. */
import { terminal } from '../../terminal/io.ts';
import type { SourceOptions } from '../options.ts';

export function isPiped({ query, postgres, dbt }: Omit<SourceOptions, 'timezone'>): boolean {
  if (query !== undefined || postgres !== undefined || dbt !== undefined) return false;
  const input = terminal().inputStats();
  return input === undefined || input.isFIFO() || input.isFile() || input.isSocket();
}
