/**
 * What an event of the simulated world says about itself, in fields that travel in clear from its sender to TikTok: its key
 * as `order_id`, and its mark as `description`, or as the name of the first product where a platform has no description.
 */
/** TikTok refuses the content of the event, with another code or text each. */
export const refusals = [
  /** 40002 that names the right place as `Batch.N.`. */
  'refused-batch',
  /** 40002 that names the right place as `data[N]`. */
  'refused-data',
  /** 40002 that names another event. */
  'refused-elsewhere',
  /** 40002 that names no event. */
  'refused-silent',
  /** 40000. */
  'refused-parameters',
  /** 40700: a later attempt could pass, and never does. */
  'refused-later',
  /** A 4xxxx that TikTok does not document. */
  'refused-unknown',
  /** 40002 that names the test code: the event's own, so that no setting is wrong. */
  'refused-test-code',
] as const;

/** The call gets an answer that names no event, whatever else is in it. */
export const poisons = [
  'poison-403',
  'poison-400',
  'poison-500',
  'poison-code',
  'poison-stall',
  'poison-reset',
] as const;

/** `large` exceeds what TikTok takes in one call, so that it gets 413 even alone. */
export type Flaw = 'none' | 'large' | (typeof refusals)[number] | (typeof poisons)[number];

export interface Mark {
  /** The name of the destination that the sender meant. */
  readonly destination: string;
  readonly flaw: Flaw;
  readonly testCode?: string | undefined;
}

const flaws: ReadonlyMap<string, Flaw> = new Map(
  (['none', 'large', ...refusals, ...poisons] as const).map((flaw) => [flaw, flaw]),
);

export const writeMark = ({ destination, flaw, testCode }: Mark): string =>
  `to ${destination}: ${flaw}${testCode === undefined ? '' : ` as ${testCode}`}`;

const form = /^to ([\w-]+): ([\w-]+)(?: as (\w+))?$/;

/** @returns undefined for a text that is no mark */
export function readMark(text: unknown): Mark | undefined {
  const [, destination, name = '', testCode] = (typeof text === 'string' && form.exec(text)) || [];
  const flaw = flaws.get(name);
  return destination === undefined || flaw === undefined ? undefined : { destination, flaw, testCode };
}

/** `good` can be delivered; TikTok refuses the content of `refused`; `poison` gets another answer in any call (see `tiktok/`). */
export type Nature = 'good' | 'refused' | 'poison' | 'invalid';

export function natureOf(flaw: Flaw): Nature {
  if (flaw === 'none') return 'good';
  return flaw.startsWith('refused') ? 'refused' : 'poison';
}
