/** WooCommerce decodes HTML entities in a secret before it signs (`wp_specialchars_decode`). */

const entities: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#039;': "'",
  '&#39;': "'",
  '&amp;': '&',
};
const entity = /&(?:lt|gt|quot|#0?39|amp);/g;

/** Each secret as it was typed and, where it differs, as WooCommerce decodes it; `indexes` lead back to the original. */
export function withDecodedForms(typed: readonly string[]): { secrets: string[]; indexes: number[] } {
  const secrets: string[] = [];
  const indexes: number[] = [];
  for (const [index, secret] of typed.entries()) {
    const decoded = secret.replaceAll(entity, (found) => entities[found] ?? found);
    for (const form of new Set([secret, decoded])) {
      secrets.push(form);
      indexes.push(index);
    }
  }
  return { secrets, indexes };
}
