/** Reads the events of a call for the books, on their way to TikTok. */
import { readMark } from '../marks.ts';
import type { SentFacts } from './run-report.ts';

interface TrackData {
  readonly event: string;
  readonly event_id: string;
  readonly user?: { readonly email?: unknown };
  readonly properties: {
    readonly order_id: string;
    readonly description?: string;
    readonly value?: number;
    readonly content_ids?: readonly string[];
    readonly contents?: readonly { readonly content_name?: string }[];
  };
}

export const factsOf = (data: TrackData): SentFacts => ({
  name: data.event,
  bytes: Buffer.byteLength(JSON.stringify(data)),
  has: {
    email: data.user?.email !== undefined,
    value: data.properties.value !== undefined,
    content_ids: data.properties.content_ids !== undefined,
  },
});

export const markOf = ({ properties: { description, contents } }: TrackData) =>
  readMark(description ?? contents?.[0]?.content_name);

export interface TrackBody {
  readonly test_event_code?: string;
  readonly event_source_id: string;
  readonly data: readonly TrackData[];
}
