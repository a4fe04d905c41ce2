/** The events of a run: each with its own id, and with personal data that can be recognized wherever it leaks. */
import type { Random } from '../support/random.ts';

/** Texts in every raw personal field that must appear in no log, metric, answer or attribute. */
export const canaries = [
  'zqmail',
  'zqname',
  'zqperson',
  'zqzip',
  '2137770',
  '203.0.113.',
  'zqagent',
] as const;

export const eventId = (seed: number, number: number, isPoison: boolean): string =>
  `zqid-${seed}-${number}${isPoison ? '-poison' : ''}`;

const names = ['Purchase', 'AddToCart', 'ViewContent', 'CompletePayment', 'our own event'] as const;

export function createEvents(seed: number, random: Random) {
  let count = 0;
  return function nextEvent(): { id: string; event: Record<string, unknown> } {
    count += 1;
    const id = eventId(seed, count, random.isHit(0.002));
    const tail = String(count % 1000).padStart(3, '0');
    const event = {
      event_name: random.pick(names),
      event_id: id,
      email: `zqmail${count}@leak.example`,
      phone: random.isHit(0.5) ? `+1 213 777 0${tail}` : `(213) 777-0${tail}`,
      external_id: `zqperson${count}`,
      first_name: `Zqname${count}`,
      last_name: 'Zqname',
      zip_code: `zqzip${tail}`,
      ip: `203.0.113.${count % 250}`,
      user_agent: `zqagent/${count}`,
      value: random.between(0, 100_000) / 100,
      currency: 'USD',
      contents: [{ content_id: `sku-${count % 97}`, price: 1.5, quantity: random.between(1, 5) }],
      destination: random.isHit(0.3) ? 'second' : 'default',
    };
    return { id, event };
  };
}
