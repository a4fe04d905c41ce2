/** The platforms whose webhooks can be made up: one import and one line each. */
import { bigcommerceSamples } from './bigcommerce/platform.ts';
import { nuvemshopSamples } from './nuvemshop/platform.ts';
import type { Sample, SamplePlatform } from './sample.ts';
import { shopifySamples } from './shopify/platform.ts';
import { shoplazzaSamples } from './shoplazza/platform.ts';
import { standardSamples } from './standard.ts';
import { stripeSamples } from './stripe/platform.ts';
import { woocommerceSamples } from './woocommerce/platform.ts';

export const samplePlatforms: readonly SamplePlatform[] = [
  shopifySamples,
  woocommerceSamples,
  shoplazzaSamples,
  stripeSamples,
  bigcommerceSamples,
  nuvemshopSamples,
  standardSamples,
];

export const samplesOf = (platform: string): SamplePlatform | undefined =>
  samplePlatforms.find((known) => known.platform === platform);

export const sampleOf = (platform: string, topic: string): Sample | undefined =>
  samplesOf(platform)?.samples.find((sample) => sample.topic === topic);
