/** The nested objects of TikTok's reference: `app`, `ad`, `lead`, and the caller's own `custom_properties`. */
import * as z from 'zod/mini';
import { isBlank } from '../../schema/is-blank.ts';
import { type FieldParser, field } from './field.ts';
import { flag, freeText, id, object } from './rows.ts';
import { text } from './shapes.ts';
import { parseText } from './text.ts';

const appFields = {
  app_id: id('App Store id, or Android package name', { to: 'event' }),
  app_name: freeText(256, 'name of the app', { to: 'event' }),
  app_version: freeText(64, 'version of the app', { to: 'event' }),
};

const share = () => z.number().check(z.gte(0), z.lte(1));

const adFields = {
  callback: freeText(1024, 'callback', { to: 'event' }),
  campaign_id: id('campaign', { to: 'event' }, 128),
  ad_id: id('ad', { to: 'event' }, 128),
  creative_id: id('creative', { to: 'event' }, 128),
  is_retargeting: flag({ to: 'event' }),
  attributed: flag({ to: 'event' }),
  attribution_type: freeText(128, 'type of attribution', { to: 'event' }),
  attribution_provider: freeText(128, 'provider of the attribution', { to: 'event' }),
  attribution_share: field(share, 'a number from 0 to 1', (value) => value, { to: 'event' }),
};

const leadFields = {
  lead_id: id("TikTok's id of the lead", { to: 'event' }),
  lead_event_source: freeText(128, 'name of the CRM, such as HubSpot', { to: 'event' }),
};

export const app = object(appFields, 'an object of app_id, app_name, app_version', {
  to: 'event',
  sources: ['app'],
});
export const ad = object(adFields, "an object of TikTok's ad fields, such as callback and campaign_id", {
  to: 'event',
  sources: ['web', 'app'],
});
export const lead = object(leadFields, 'an object of lead_id, lead_event_source', {
  to: 'event',
  sources: ['crm'],
});

const propertyName = () => z.string().check(z.regex(/^[A-Za-z_][A-Za-z0-9_.-]{0,63}$/));
const maxProperties = 100;

const flatObject = () =>
  z
    .record(propertyName(), z.nullish(z.union([text(2048), z.number(), z.boolean()])))
    .check(z.refine((properties) => Object.keys(properties).length <= maxProperties));

/** zod drops a key `__proto__` from a record in silence; nothing that was sent may be lost unseen. */
const refusePrototypeKey = () =>
  z.transform((input, { issues }) => {
    if (typeof input === 'object' && input !== null && Object.hasOwn(input, '__proto__'))
      issues.push({ code: 'custom', path: ['__proto__'], input });
    return input as z.input<ReturnType<typeof flatObject>>;
  });

const customPropertiesSchema = () => z.pipe(refusePrototypeKey(), flatObject());

type Property = string | number | boolean;

/** Copies the caller's properties without the empty ones. */
const parseProperties: FieldParser<Record<string, Property | null | undefined>, Record<string, Property>> = (
  input,
  context,
  field,
) => {
  const entries: [string, Property][] = [];
  for (const [name, value] of Object.entries(input)) {
    if (value === null || value === undefined || isBlank(value)) continue;
    const canonical = typeof value === 'string' ? parseText(value, context, field) : value;
    if (canonical !== undefined) entries.push([name, canonical]);
  }
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
};

export const customProperties = field(
  customPropertiesSchema,
  `a flat object of up to ${maxProperties} texts, numbers or booleans; names of letters, digits, _ . and -`,
  parseProperties,
  { to: 'properties', isSpread: true, isObject: true },
);
