/**
 * Event ids by template: `{checkout_token|order_id}` takes the first of the two that has a value. The browser pixel must
 * be able to make the same id, so that TikTok counts the pair once.
 */
import { fields } from '../../events/fields/table.ts';
import { type Attributes, attribute } from '../../payload/attributes.ts';

export type IdParts = Readonly<Record<string, string | undefined>>;

const placeholder = /\{([^{}]+)\}/g;
const attributePrefix = 'attribute.';

/** @returns undefined when a placeholder has no value, or the id would be too long to stay unique */
export function fillTemplate(template: string, parts: IdParts, attributes: Attributes): string | undefined {
  let isComplete = true;
  const id = template.replaceAll(placeholder, (_whole, names: string) => {
    const value = firstPart(names.split('|'), parts, attributes);
    if (value === undefined) isComplete = false;
    return value ?? '';
  });
  return isComplete && id.length <= fields.event_id.maxLength ? id : undefined;
}

function firstPart(names: readonly string[], parts: IdParts, attributes: Attributes): string | undefined {
  for (const name of names) {
    const value = name.startsWith(attributePrefix)
      ? attribute(attributes, [name.slice(attributePrefix.length)])
      : Object.hasOwn(parts, name)
        ? parts[name]
        : undefined;
    if (value !== undefined) return value;
  }
  return undefined;
}

/** True when a template has only text and placeholders of these names. */
export const usesOnly =
  (names: readonly string[]) =>
  (template: string): boolean =>
    [...template.matchAll(placeholder)]
      .flatMap((found) => found[1]?.split('|') ?? [])
      .every((name) => names.includes(name) || /^attribute\.[^\s{}|]+$/.test(name));
