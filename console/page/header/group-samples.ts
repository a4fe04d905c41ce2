/** Samples by group: events first, then the signed webhooks of each source. */
import type { SamplesAnswer } from '../../api.ts';

type Sample = SamplesAnswer['samples'][number];

export interface SampleGroup {
  readonly title: string;
  readonly samples: readonly { readonly id: string; readonly label: string }[];
}

/** The label of a webhook names its source first: `shop · orders/paid`. */
const labelParts = /^(.+?)\s*[·:]\s*(.+)$/;

export function groupSamples(samples: readonly Sample[]): readonly SampleGroup[] {
  const groups = new Map<string, { id: string; label: string }[]>();
  for (const { id, label, group } of samples.toSorted(eventsFirst)) {
    const [, source = 'Signed webhooks', topic = label] =
      (group === 'Webhook' && labelParts.exec(label)) || [];
    const title = group === 'Event' ? 'Events' : source;
    groups.set(title, [...(groups.get(title) ?? []), { id, label: topic }]);
  }
  return [...groups].map(([title, grouped]) => ({ title, samples: grouped }));
}

const eventsFirst = (one: Sample, other: Sample): number =>
  Number(one.group === 'Webhook') - Number(other.group === 'Webhook');
