/** The topic of a webhook as a log may show it: anybody can write the headers of a request, a name or a phone included. */
import type { SourceSettings } from './source-settings.ts';

/** Every topic of the platforms is made of these words, and no word of them is anybody's name. */
const words: ReadonlySet<string> = new Set(
  (
    'account action amount app application async attempt authorized available billing calculation canceled cancelled ' +
    'capturable captured cart carts charge chargeback checkout checkouts closed collection collections completed cost ' +
    'coupon create created credit customer customers data deleted delete detail disable disabled dispute disputes draft ' +
    'edited enable enabled event events expired expiring failed finalized fulfilled fulfillment fulfillments funds group ' +
    'hold intent inventory invoice item items level levels line link location locations marketing method needed note ' +
    'open order orders paid partially payment payments payout pending plan price product products profiles purchased ' +
    'quote radar redact refund refunded refunds reinstated renewed report request requested requires restored resumed ' +
    'returned returns review schedule segment segments session setup shop source status subscription subscriptions ' +
    'succeeded tax tender theme themes transaction transactions transfer trial uninstalled unpaused up update updated ' +
    'upcoming variant variants void voided warning will withdrawn end paused'
  ).split(' '),
);

const maxLength = 64;

/**
 * @param settings may name topics of their own, such as one that a plugin adds
 * @returns the topic when the platforms or the stage file know it, `other` for any other text; undefined without any
 */
export function loggableTopic(topic: string, settings: SourceSettings): string | undefined {
  if (topic === '') return undefined;
  const isKnown = topic.length <= maxLength && topic.split(/[/._]/).every((word) => words.has(word));
  const configured = 'topics' in settings ? (settings.topics ?? {}) : {};
  return isKnown || Object.hasOwn(configured, topic) ? topic : 'other';
}
