/** A short word in the color of its tone. The word alone says everything: color only helps. */
import type { ComponentChildren } from 'preact';
import type { Outcome } from '../../api.ts';
import { outcomes, type Tone } from '../text/words.ts';

export const Pill = ({ tone, children }: { readonly tone: Tone; readonly children: ComponentChildren }) => (
  <span class={`pill ${tone}`}>{children}</span>
);

export const OutcomePill = ({ outcome }: { readonly outcome: Outcome }) => {
  const { label, tone } = outcomes[outcome];
  return <Pill tone={tone}>{label}</Pill>;
};
