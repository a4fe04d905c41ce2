/** An event in canonical form: nothing is null or empty, ids are text, numbers are numbers, phones are E.164. */
import type { Content } from './fields/commerce.ts';
import type { FieldName, FieldValue } from './fields/table.ts';

type OneOrMore = string | string[];

type TextField = 'event_id' | 'zip_code' | 'order_id' | 'shop_id';
type NumberField = 'event_time' | 'value' | 'num_items' | 'predicted_ltv';
type ListField = 'email' | 'phone' | 'external_id' | 'hashed_email' | 'hashed_phone' | 'hashed_external_id';
/** The short form of one product has become the single entry of `contents`. */
type ShortForm = Exclude<keyof Content, never>;

export type Event = { event_name: string } & { [Name in TextField]?: string } & {
  [Name in NumberField]?: number;
} & {
  [Name in ListField]?: OneOrMore;
} & { contents?: Content[]; content_ids?: string[] } & {
  [Name in Exclude<
    FieldName,
    'event_name' | TextField | NumberField | ListField | ShortForm | 'contents' | 'content_ids'
  >]?: NonNullable<FieldValue<Name>>;
};

/** An event that can be queued: it has the id that TikTok deduplicates on, and its time. */
export type IdentifiedEvent = Event & { event_id: string; event_time: number };
