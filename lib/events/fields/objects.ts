/** The nested objects of TikTok's reference: `app`, `ad` and `lead`. */
import * as z from 'zod/mini';
import { field } from './field.ts';
import { parseTikTokId } from './parsers/identity.ts';
import { flag, freeText, id, object } from './rows.ts';

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
  lead_id: id("TikTok's id of the lead", { to: 'event' }, 256, parseTikTokId),
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
