/** The faults of a run: every slice of time draws its own from the seed, and the end heals them all. */
import type { Fault } from '../../local/tiktok-sandbox/faults/faults.ts';
import type { Random } from '../support/random.ts';
import { noQueueFaults } from './queue-proxy.ts';
import { tokens, type World } from './world.ts';

type Trouble = (world: World, random: Random) => void;

const tiktok =
  (fault: Omit<Fault, 'on'>): Trouble =>
  (world) =>
    world.tiktok.faults.add([{ on: 'track', ...fault } as Fault]);

const troubles: readonly [string, Trouble][] = [
  ['none', () => undefined],
  ['sqs errors', (world) => world.proxy.set({ errors: 0.3, entries: 0 })],
  ['sqs partial failures', (world) => world.proxy.set({ errors: 0, entries: 0.2 })],
  ['consumer killed', (world) => world.deliver.kill()],
  ['duplicate deliveries', (world) => world.repeatDeliveries(0.3)],
  ['tiktok 503', tiktok({ kind: 'status', status: 503 } as Fault)],
  ['tiktok slow', tiktok({ kind: 'slow', ms: 300 } as Fault)],
  ['tiktok resets', tiktok({ kind: 'reset', times: 5 } as Fault)],
  ['tiktok resets after accepting', tiktok({ kind: 'reset_after', times: 5 } as Fault)],
  ['tiktok rate limit on one pixel', tiktok({ kind: 'code', code: 40100, pixel: 'LEDGERPIXEL1' } as Fault)],
  ['tiktok answers a page', tiktok({ kind: 'html', times: 5 } as Fault)],
  ['token revoked', (world) => void world.tiktok.tokens.delete(tokens.second)],
  ['secrets throttled', (world) => world.secrets.fail({ error: 'ThrottlingException' })],
];

const sliceMs = 400;
/** Enough slices for every kind of trouble to come about twice. */
const leastSlices = 20;

/** Draws faults until `isOver`, and long enough for all kinds, then heals. @returns the names of what was drawn */
export async function runSchedule(world: World, random: Random, isOver: () => boolean): Promise<string[]> {
  const drawn: string[] = [];
  const draw = createDeck(random);
  for (let slice = 0; slice < leastSlices || !isOver(); slice += 1) {
    heal(world);
    for (let count = random.between(1, 2); count > 0; count -= 1) {
      const [name, start] = draw();
      start(world, random);
      drawn.push(name);
    }
    await new Promise((resolve) => setTimeout(resolve, sliceMs));
  }
  heal(world);
  return drawn;
}

/** Deals all troubles in an order of chance, then all again: none is missed, and none is the same twice running. */
function createDeck(random: Random): () => readonly [string, Trouble] {
  let deck: (readonly [string, Trouble])[] = [];
  return () => {
    if (deck.length === 0) deck = [...troubles];
    return deck.splice(random.between(0, deck.length - 1), 1)[0] ?? ['none', () => undefined];
  };
}

/** Ends every fault but the poison, which is a property of the events. */
export function heal(world: World): void {
  world.proxy.set(noQueueFaults);
  world.repeatDeliveries(0);
  world.secrets.heal();
  world.tiktok.tokens.add(tokens.second);
  world.tiktok.faults.clear();
  world.tiktok.faults.add([{ kind: 'poison', match: '-poison', index: true, code: 40002, on: 'track' }]);
}
