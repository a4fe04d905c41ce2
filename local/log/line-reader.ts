/** Splits what is written to a stream into lines: a write can end in the middle of one. */

export type Write = typeof process.stdout.write;

/** @returns a function that takes what is written and returns the lines that are complete now, without their ends */
export function createLineReader(): (chunk: string | Uint8Array) => readonly string[] {
  let rest = '';
  return (chunk) => {
    const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8');
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    return lines;
  };
}
