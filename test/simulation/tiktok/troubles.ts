/** The troubles of the whole service, by mode. */
import type { Random } from '../../support/random.ts';
import type { TikTokTrouble } from '../world-parts.ts';
import { code, noConnection, type Outcome, oversized, page, redirect, reset, silence } from './answers.ts';

type Mode = TikTokTrouble['mode'];

/** @returns what ends a call before TikTok reads it; undefined for modes that let it read */
export const troubleBefore = (trouble: Draws, random: Random): Outcome | undefined =>
  before.get(trouble.mode)?.(random, trouble.variant);

type Draws = Pick<TikTokTrouble, 'mode' | 'variant'>;

/** @returns what the caller gets in place of TikTok's answer, after TikTok took the events; undefined for all other modes */
export const troubleAfter = (mode: Mode): Outcome | undefined => after.get(mode);

/** @returns whether an answer of this mode needs no time */
export const isAtOnce = (mode: Mode): boolean => mode === '503' || mode === 'resets-before';

type Draw = (random: Random, variant: number | undefined) => Outcome;

/** Of the answers that are not those of the trouble's variant. */
const otherShare = 0.1;

const oneOf =
  (...outcomes: readonly [Outcome, ...Outcome[]]): Draw =>
  (random, variant) =>
    variant === undefined || random.isHit(otherShare)
      ? random.pick(outcomes)
      : (outcomes[Math.floor(variant * outcomes.length)] ?? outcomes[0]);

const throttles = oneOf(
  page(429, 'Too Many Requests'),
  code(40100, 'Too many requests. Please retry in some time.'),
  code(40016, 'Too many requests'),
  code(40132, 'Too many requests of this pixel'),
  code(40133, 'Too many requests of this advertiser'),
);

const missingRights = oneOf(
  code(40001, 'No permission to operate pixel code: P. You must be an admin of this advertiser account.'),
  code(40006, 'API version mismatch'),
  code(40118, 'Not on the allow-list'),
  code(40300, 'The advertiser does not exist'),
  code(41000, 'Not available in your country'),
  code(40002, 'Invalid value for event_source_id: not a valid string.'),
  page(404, 'Not Found'),
);

const taskFaults = oneOf(
  code(40200, 'Task error'),
  code(40201, 'Task is not ready'),
  code(40202, 'Update conflict'),
  code(50000, 'System error'),
  code(50002, 'Service error'),
  code(51305, 'Downstream error'),
);

const before: ReadonlyMap<Mode, Draw> = new Map<Mode, Draw>([
  ['503', oneOf(page(503, 'Service Unavailable'))],
  ['500', oneOf(page(500, 'Internal Server Error'), page(502, '502 Bad Gateway'), code(50000, 'Error', 500))],
  ['stalls', oneOf(silence)],
  ['resets-before', oneOf(reset, noConnection)],
  ['429', throttles],
  ['maintenance', oneOf(code(60001, 'Under maintenance'), code(61000, 'Under maintenance'))],
  ['redirects', oneOf(redirect)],
  ['permission', missingRights],
  ['firewall', oneOf(page(403, 'Access Denied'), page(400, 'Bad Request'), page(451, 'Unavailable'))],
  ['faults', taskFaults],
  ['unknown-codes', oneOf(code(10_002, 'Unknown'), code(70_001, 'Unknown'), code(-1, 'Unknown'))],
]);

const after: ReadonlyMap<Mode, Outcome> = new Map<Mode, Outcome>([
  ['resets-after', reset],
  ['answers-late', silence],
  ['not-json', page(200, 'OK')],
  ['oversized', oversized],
  ['partial', code(20001, 'Partial success')],
]);
