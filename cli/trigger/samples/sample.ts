/** What a platform's folder defines: for each topic a complete body, and the headers that the platform sends with it. */
import { readFileSync } from 'node:fs';
import type { SourceSettings } from '../../../lib/webhooks/source-settings.ts';
import { usageError } from '../../errors/cli-error.ts';
import type { Facts } from './facts.ts';

export type Json = Record<string, unknown>;

/** What the API of a platform answers at a path below its base URL, where webhooks contain only ids. */
export interface ApiDocument {
  readonly path: string;
  readonly json: unknown;
}

export interface SampleContent {
  /** Text is sent as it is. */
  readonly body: Json | string;
  /** By the name that paths of --set use, such as `order`. */
  readonly documents?: Readonly<Record<string, ApiDocument>>;
  /** `application/json` unless given. */
  readonly contentType?: string;
  /** Some requests of a platform have neither topic nor signature. */
  readonly isUnsigned?: boolean;
}

export interface SampleContext {
  readonly topic: string;
  readonly facts: Facts;
  /** Of the source that receives the webhook. */
  readonly settings: SourceSettings;
}

export interface Sample {
  /** Such as `orders/paid`; for platforms without topics, the name of the event. */
  readonly topic: string;
  /** When the platform sends it, in a few words. */
  readonly when: string;
  readonly build: (context: SampleContext) => SampleContent;
}

export interface SamplePlatform {
  readonly platform: string;
  readonly samples: readonly Sample[];
  /** The body does not say its topic. */
  readonly hasTopicHeader?: true;
  /** Without signature and content type. */
  readonly headers: (context: SampleContext) => Readonly<Record<string, string>>;
  /** How many spaces the platform indents its JSON with. */
  readonly indent?: number;
}

/** @param name such as `shopify/order`: the parts of a body that never change */
export const staticPart = (name: string): Json =>
  JSON.parse(readFileSync(new URL(`${name}.json`, import.meta.url), 'utf8'));

/** @returns the first of several, as lines have one product */
export const firstOf = (list: unknown): Json => (Array.isArray(list) ? (list[0] as Json) : {});

/** The shop that the settings allow, so that the source takes the webhook. */
export const shopOf = ({ settings }: SampleContext, otherwise: string): string =>
  settings.shops?.[0] ?? otherwise;

/** @returns a setting that only one platform has */
export const settingOf = ({ settings }: SampleContext, name: string): string =>
  String(new Map<string, unknown>(Object.entries(settings)).get(name));

/** @returns the name under which the source looks for the visitor's choice */
export const consentKey = ({ settings }: SampleContext): string =>
  settings.consentKeys[0] ?? 'tiktok_consent';

/** @returns what a storefront attaches to an order: click id, browser id and the visitor's choice */
export function attached(context: SampleContext): readonly (readonly [string, string])[] {
  const { ttclid, ttp, consent } = context.facts;
  return [
    ...(ttclid === null ? [] : [['ttclid', ttclid] as const]),
    ...(ttp === null ? [] : [['_ttp', ttp] as const]),
    ...(consent === undefined ? [] : [[consentKey(context), consent] as const]),
  ];
}

/** @returns the number that the user chose for an id, 15 digits at most, which JSON can write without loss */
export function numericId(text: string | undefined, name: string, otherwise: () => number): number {
  if (text === undefined) return otherwise();
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw usageError(`--set ${name}: this platform's ids are numbers of 15 digits at most, such as 1001.`);
}
