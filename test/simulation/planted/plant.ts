/** Plants a fault: a file of lib has another text when it is loaded, and stays as it is on disk. */
import type { RegisterHooksOptions } from 'node:module';
import type { PlantedFault } from './planted-faults.ts';

export function plant(fault: PlantedFault): RegisterHooksOptions {
  const url = new URL(`../../../lib/${fault.file}`, import.meta.url).href;
  return {
    load(loaded, context, next) {
      const result = next(loaded, context);
      return loaded === url ? { ...result, source: withFault(String(result.source), fault) } : result;
    },
  };
}

/** @throws when the fault does not fit, since the source has changed */
export function withFault(source: string, { file, name, text, replacement }: PlantedFault): string {
  const [before, after, ...more] = source.split(text);
  if (before === undefined || after === undefined || more.length > 0)
    throw new Error(`lib/${file} must have the text of the fault "${name}" exactly once.`);
  return before + replacement + after;
}
