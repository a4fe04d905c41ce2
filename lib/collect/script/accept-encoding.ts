/** The header `Accept-Encoding` (RFC 9110, section 12.5.3): which of our encodings a client takes. */

/** In the order in which we like them: Brotli is the smallest. */
const encodings = ['br', 'gzip'] as const;
export type Encoding = (typeof encodings)[number] | 'identity';

export function acceptedEncoding(header: string | undefined): Encoding {
  const weights = new Map<string, number>();
  for (const entry of (header ?? '').toLowerCase().split(',', 20)) {
    const [, name, weight] = /^\s*([\w*-]+)\s*(?:;\s*q\s*=\s*([\d.]+)\s*)?$/.exec(entry) ?? [];
    if (name !== undefined) weights.set(name, weight === undefined ? 1 : Number(weight));
  }
  return encodings.find((encoding) => (weights.get(encoding) ?? weights.get('*') ?? 0) > 0) ?? 'identity';
}
