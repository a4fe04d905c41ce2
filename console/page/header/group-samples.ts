/** Samples by group: events first, then the signed webhooks of each platform. */
import type { SamplesAnswer } from '../../api.ts';

type Sample = SamplesAnswer['samples'][number];

export interface SampleGroup {
  readonly title: string;
  readonly samples: readonly { readonly id: string; readonly label: string }[];
}

/** A webhook's label or id names its platform before a colon, as in `shopify:orders/paid`. */
export function groupSamples(samples: readonly Sample[]): readonly SampleGroup[] {
  const groups = new Map<string, { id: string; label: string }[]>();
  const inOrder = samples.toSorted(
    (one, other) => Number(one.group === 'Webhook') - Number(other.group === 'Webhook'),
  );
  for (const { id, label, group } of inOrder) {
    const [platform, ...rest] = label.split(':');
    const isNamed = group === 'Webhook' && platform !== undefined && rest.length > 0;
    const title = group === 'Event' ? 'Events' : isNamed ? platform.trim() : 'Signed webhooks';
    const shown = isNamed ? rest.join(':').trim() : label;
    groups.set(title, [...(groups.get(title) ?? []), { id, label: shown }]);
  }
  return [...groups].map(([title, grouped]) => ({ title, samples: grouped }));
}
