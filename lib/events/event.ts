/** An event in canonical form: nothing is null or empty, ids are text, numbers are numbers, phones are E.164. */
import type { Content } from './fields/commerce.ts';
import type { ParsedFields } from './fields/table.ts';

/** The short form of one product has become the single entry of `contents`. */
export type Event = { event_name: string } & Omit<ParsedFields, 'event_name' | keyof Content>;

/** An event that can be queued: it has the id that TikTok deduplicates on, and its time. */
export type IdentifiedEvent = Event & { event_id: string; event_time: number };
