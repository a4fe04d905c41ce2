/**
 * The channels of an order: a web shop, an app, a point of sale … Each conversion of a shopper counts, whatever the
 * checkout that the shop uses; orders that staff enter and renewals count only when the settings name their channel.
 */
import { type SkippedWebhook, type SkipReason, skip } from '../webhook-outcome.ts';

/** Allows every channel that has no skip reason of its own. */
export const everyChannel = '*';

/** The reason for a channel that `*` does not allow. */
export type ChannelReason = Extract<
  SkipReason,
  'draft_order' | 'pos_order' | 'renewal' | 'channel_not_allowed'
>;

export interface ChannelRules {
  /** The name of the setting, such as `sourceNames`. */
  readonly setting: string;
  /** Its value: channels, or `*`. */
  readonly allowed: readonly string[];
  /** @returns undefined for a channel of shoppers */
  readonly reasonOf: (channel: string) => ChannelReason | undefined;
}

/**
 * @param channel as the platform writes it; undefined when the order names none, which only `*` allows
 * @returns a skip that names the setting and the channel; undefined for an order that counts
 */
export function skipChannel(channel: string | undefined, rules: ChannelRules): SkippedWebhook | undefined {
  const { setting, allowed, reasonOf } = rules;
  if (channel !== undefined && allowed.includes(channel)) return undefined;
  const reason = channel === undefined ? undefined : reasonOf(channel);
  if (reason === undefined && allowed.includes(everyChannel)) return undefined;
  return { ...skip(reason ?? 'channel_not_allowed', setting), channel };
}
