/**
 * Reads JSON without throwing: the engine's error message repeats the text, which can hold personal data.
 * @returns the value, or undefined when the text is not JSON
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
