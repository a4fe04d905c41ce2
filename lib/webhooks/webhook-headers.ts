/** Reads the headers of a webhook by name, in any case, and distinguishes a repeated header from a single one. */

export type WebhookHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Every value that came under this name; a repeated header gives several. */
export function headerValues(headers: WebhookHeaders, name: string): string[] {
  const wanted = name.toLowerCase();
  const values: string[] = [];
  for (const [key, value] of Object.entries(headers)) {
    if (key.toLowerCase() !== wanted || value === undefined || value === null) continue;
    for (const each of typeof value === 'string' ? [value] : value) values.push(String(each));
  }
  return values;
}

/** The value of a header that came exactly once; undefined when it is absent or repeated. */
export function headerValue(headers: WebhookHeaders, name: string): string | undefined {
  const values = headerValues(headers, name);
  return values.length === 1 ? values[0] : undefined;
}
