/** Reads the headers of a webhook by name, in any case, and distinguishes a repeated header from a single one. */

export type WebhookHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** @returns every value of the header; a repeated header has several */
export function headerValues(headers: WebhookHeaders, name: string): string[] {
  const wanted = name.toLowerCase();
  const values: string[] = [];
  for (const [key, value] of Object.entries(headers)) {
    if (key.toLowerCase() !== wanted || value === undefined || value === null) continue;
    for (const each of typeof value === 'string' ? [value] : value) values.push(String(each));
  }
  return values;
}

/** @returns the value of a header that occurs exactly once; undefined when it is absent or repeated */
export function headerValue(headers: WebhookHeaders, name: string): string | undefined {
  const values = headerValues(headers, name);
  return values.length === 1 ? values[0] : undefined;
}
