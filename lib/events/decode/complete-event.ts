/** The rules that span several fields: one product, money, the click id in the page's address. */
import { clickIdOf } from '../../privacy/click-id.ts';
import type { ConsentMode } from '../consent.ts';
import type { Destination } from '../destination.ts';
import type { Event } from '../event.ts';
import type { Content } from '../fields/commerce.ts';
import type { FieldContext } from '../fields/field.ts';
import { type FieldName, fields, fieldsWhere, type ParsedFields } from '../fields/table.ts';
import type { FieldIssue } from '../issue.ts';
import type { IssueCode } from '../issue-codes.ts';

export interface EventContext extends FieldContext {
  readonly destination: Destination;
  readonly consent: ConsentMode;
  /** Reports what costs the event in every handling, such as a field that is missing. */
  fail(code: IssueCode, message: string, field: string): void;
  readonly omissions: readonly FieldIssue<IssueCode>[];
  /** Whether something of a field was left out. */
  isOmitted(field: FieldName): boolean;
}

/** An event whose fields are parsed; its name is missing only when that was rejected. */
export type Draft = Omit<Event, 'event_name'> & { event_name?: string | undefined };

/** @param parsed the fields as their parsers gave them, the short form of a product still flat; it is changed */
export function completeEvent(parsed: ParsedFields, context: EventContext): Draft {
  if (context.isOmitted('currency')) dropMoney(parsed);
  const event = takeShortForm(parsed, context);
  takeDefaultCurrency(event, context);
  if (event.ttclid === undefined && event.page_url !== undefined) takeClickId(event, event.page_url);
  return event;
}

const isProductField = (name: FieldName): name is keyof Content => fields[name].to === 'contents';
const shortForm = fieldsWhere(fields, () => true).filter(isProductField);
const moneyFields = fieldsWhere(fields, ({ isMoney }) => isMoney === true);
const productMoney = moneyFields.filter(isProductField);

/** Without its currency, an amount would be read in the destination's default currency. */
function dropMoney(parsed: ParsedFields): void {
  for (const name of moneyFields) delete parsed[name];
  const contents = parsed.contents?.map((content) => withoutMoney(content)).filter(isFilled);
  if (contents === undefined || contents.length === 0) delete parsed.contents;
  else parsed.contents = contents;
}

function withoutMoney(content: Content): Content {
  const rest = { ...content };
  for (const name of productMoney) delete rest[name];
  return rest;
}

const isFilled = (content: Content): boolean => Object.keys(content).length > 0;

/** `content_id`, `price` … become the single entry of `contents`. */
function takeShortForm(parsed: ParsedFields, context: FieldContext): Draft {
  const given = shortForm.filter((name) => parsed[name] !== undefined);
  if (given.length === 0) return parsed;
  const content: Content = {};
  for (const name of given) {
    move(name, parsed, content);
    delete parsed[name];
  }
  if (parsed.contents === undefined) parsed.contents = [content];
  else {
    const remedy = 'give the products either in contents or as content_id, price …, not both';
    context.reject('two_forms', remedy, 'contents', given);
  }
  return parsed;
}

function move<Name extends keyof Content>(name: Name, from: Content, to: Content): void {
  to[name] = from[name];
}

function takeDefaultCurrency(event: Draft, { destination }: EventContext): void {
  if (event.currency !== undefined || destination.currency === undefined) return;
  const hasMoney = event.value !== undefined || event.contents?.some(({ price }) => price !== undefined);
  if (hasMoney) event.currency = destination.currency;
}

/** TikTok's own tag reads the click id from the landing page too (gtm-template-eapi). */
function takeClickId(event: Draft, pageUrl: string): void {
  const clickId = clickIdOf(pageUrl);
  if (clickId !== undefined) event.ttclid = clickId;
}
