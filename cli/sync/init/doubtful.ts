/** Columns whose name is that of an event field, and that often contain something else. */
import type { FieldName } from '../../../lib/events/fields/table.ts';
import type { SampleColumn } from './sample.ts';

interface Doubt {
  /** Completes "Does the column contain …?". */
  readonly meaning: string;
  /** True when the values, or the other columns, speak for the field. */
  readonly isLikely: (column: SampleColumn, hasProduct: boolean) => boolean;
}

const never = (): boolean => false;
const ofProduct = (_: SampleColumn, hasProduct: boolean): boolean => hasProduct;

export const doubts: Partial<Readonly<Record<FieldName, Doubt>>> = {
  state: { meaning: 'the state where the person lives', isLikely: ({ isCode }) => isCode },
  status: { meaning: 'a status that TikTok should get as a property', isLikely: never },
  description: { meaning: 'a description that TikTok should get as a property', isLikely: never },
  query: { meaning: 'what the person searched for', isLikely: never },
  search_string: { meaning: 'what the person searched for', isLikely: never },
  destination: { meaning: 'the name of a destination of the stage file', isLikely: never },
  consent: { meaning: "the person's consent, in the words of docs/webhooks.md", isLikely: never },
  test_event_code: { meaning: "a code of Events Manager's test page", isLikely: never },
  price: { meaning: "the price of one product, as the shop's catalog has it", isLikely: ofProduct },
  brand: { meaning: "the product's brand", isLikely: ofProduct },
  quantity: { meaning: 'how many of one product were bought', isLikely: ofProduct },
};
