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
  /** Receives the channel in lower case. @returns undefined for a channel of shoppers */
  readonly reasonOf: (channel: string) => ChannelReason | undefined;
}

/**
 * Channels are the same in any case: plugins and apps write their own names.
 * @param channel as the platform writes it; undefined when the order names none, which only `*` allows
 * @returns a skip that names the setting and the channel; undefined for an order that counts
 */
export function skipChannel(channel: string | undefined, rules: ChannelRules): SkippedWebhook | undefined {
  const { setting, allowed, reasonOf } = rules;
  const name = channel?.toLowerCase();
  if (name !== undefined && allowed.some((one) => one.toLowerCase() === name)) return undefined;
  const reason = name === undefined ? undefined : reasonOf(name);
  if (reason === undefined && allowed.includes(everyChannel)) return undefined;
  return { ...skip(reason ?? 'channel_not_allowed', setting), channel };
}
