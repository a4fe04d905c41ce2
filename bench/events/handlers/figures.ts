/** The figures of the built handlers for the table, and those that do not depend on the machine. */
import type { Section } from '../table.ts';
import type { HandlerCost, HandlerCosts } from './handlers.ts';

const rowOf = (name: string, { us, floorUs, ratio }: HandlerCost) => [name, us, floorUs, ratio];

export const handlerSection = ({ ingest, webhook, deliver }: HandlerCosts): Section => ({
  head: ['built handler, one call', 'µs', 'floor', 'ratio'],
  rows: [
    ...Object.entries(ingest).map(([size, cost]) =>
      rowOf(`ingest, ${size} event${size === '1' ? '' : 's'} a post`, cost),
    ),
    rowOf('webhook, Shopify order, without SDK and logs', webhook),
    rowOf('webhook, Shopify order, whole', webhook.whole),
    rowOf('deliver, 50 messages, without the network', deliver),
    rowOf('deliver, 50 messages, whole', deliver.whole),
  ],
});

/** The ratios that have a limit. */
export const handlerRatios = ({ ingest, webhook, deliver }: HandlerCosts) => ({
  ingest: Object.fromEntries(Object.entries(ingest).map(([size, { ratio }]) => [size, { ratio }])),
  webhook: { ratio: webhook.ratio },
  deliver: { ratio: deliver.ratio },
});
