/** The nested objects of TikTok's reference: `app`, `ad`, `lead`, and the caller's own `custom_properties`. */
import * as z from 'zod/mini';
import { type Reader, readText } from './reading.ts';
import { idText, text } from './shapes.ts';

export const appSchema = () =>
  z.strictObject({
    /** App Store numeric id, or Android package name. */
    app_id: z.nullish(idText(256)),
    app_name: z.nullish(text(256)),
    app_version: z.nullish(text(64)),
  });

export const adSchema = () =>
  z.strictObject({
    callback: z.nullish(text(1024)),
    campaign_id: z.nullish(idText(128)),
    ad_id: z.nullish(idText(128)),
    creative_id: z.nullish(idText(128)),
    is_retargeting: z.nullish(z.boolean()),
    attributed: z.nullish(z.boolean()),
    attribution_type: z.nullish(text(128)),
    attribution_provider: z.nullish(text(128)),
    attribution_share: z.nullish(z.number().check(z.gte(0), z.lte(1))),
  });

export const leadSchema = () =>
  z.strictObject({
    lead_id: z.nullish(idText(256)),
    /** Name of the CRM, such as HubSpot. */
    lead_event_source: z.nullish(text(128)),
  });

const propertyName = () => z.string().check(z.regex(/^[A-Za-z_][A-Za-z0-9_.-]{0,63}$/));
const maxProperties = 100;

const flatObject = () =>
  z
    .record(propertyName(), z.nullish(z.union([text(2048), z.number(), z.boolean()])))
    .check(z.refine((properties) => Object.keys(properties).length <= maxProperties));

/** zod leaves a key `__proto__` out of a record without a word; nothing that was sent may be lost unseen. */
const refusePrototypeKey = () =>
  z.transform((input, { issues }) => {
    if (typeof input === 'object' && input !== null && Object.hasOwn(input, '__proto__'))
      issues.push({ code: 'custom', path: ['__proto__'], input });
    return input as z.input<ReturnType<typeof flatObject>>;
  });

export const customPropertiesSchema = () => z.pipe(refusePrototypeKey(), flatObject());

/** Copies an object without its empty parts; `asText` names the ids that TikTok wants as text. */
const readObject =
  (...asText: string[]): Reader<Record<string, unknown>> =>
  (input, reading, field) => {
    const entries: [string, unknown][] = [];
    for (const [name, value] of Object.entries(input)) {
      const text = typeof value === 'number' && asText.includes(name) ? String(value) : value;
      const canonical = typeof text === 'string' ? readText(text, reading, field) : text;
      if (canonical !== undefined && canonical !== null) entries.push([name, canonical]);
    }
    return entries.length > 0 ? Object.fromEntries(entries) : undefined;
  };

export const readApp = readObject('app_id');
export const readAd = readObject('campaign_id', 'ad_id', 'creative_id');
export const readLead = readObject('lead_id');
export const readCustomProperties = readObject();
