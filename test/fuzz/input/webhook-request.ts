/** Webhooks as their platforms send them, changed, and proven rightly, wrongly or not at all; and the probes of addresses. */
import { isObject } from '../../../lib/schema/is-object.ts';
import type { PreparedSource } from '../../../lib/webhooks/prepare-source.ts';
import type { Random } from '../../support/random.ts';
import { nowMs } from '../doors/door.ts';
import type { RequestSeed } from './hostile-request.ts';
import { hostileValue } from './hostile-values.ts';
import { mutate, toBytes, toText } from './mutate.ts';
import type { Content } from './sources.ts';

export interface Sender {
  readonly source: PreparedSource;
  readonly secret: string;
  /** Of the right form, and not of this source. */
  readonly otherSecret: string;
  readonly contents: readonly Content[];
}

export interface DrawnWebhook {
  readonly seed: RequestSeed;
  /** The proof is right, so its events may be queued, and its challenge answered. */
  readonly isProven: boolean;
  readonly text: string;
}

export function drawWebhook(
  { source, secret, otherSecret }: Sender,
  content: Content,
  random: Random,
): DrawnWebhook {
  const path = `/v1/webhooks/${source.name}${random.isHit(0.02) ? '/' : ''}`;
  const changed = mutate(content.body, random);
  const text = typeof changed === 'string' ? changed : toText(changed, random);
  const bytes = toBytes(source.name === 'form' && random.isHit(0.8) ? formOf(changed) : text, random);
  const headers = { ...content.headers };
  for (const name of Object.keys(headers))
    if (random.isHit(0.03)) headers[name] = String(JSON.stringify(hostileValue(random)));
  if (random.isHit(0.03)) return probe(path, secret, random);
  const sign = (key: string, body: Buffer): Proof =>
    source.platform.signPlaces({ secret: key, body, nowSeconds: nowMs / 1000, headers });
  const isProven = !random.isHit(0.2);
  const proof = isProven ? sign(secret, bytes) : wrongProof(bytes, { sign, secret, otherSecret }, random);
  const body = Buffer.from(proof.body);
  return {
    seed: { path, headers: { ...headers, ...proof.headers }, query: proof.query, body },
    isProven,
    text,
  };
}

interface Proof {
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

interface Signing extends Pick<Sender, 'secret' | 'otherSecret'> {
  readonly sign: (secret: string, body: Buffer) => Proof;
}

/** None, one with another secret, one of other bytes, or garbage. */
function wrongProof(bytes: Buffer, { sign, secret, otherSecret }: Signing, random: Random): Proof {
  const drawn = random.next();
  if (drawn < 0.2) return { headers: {}, query: {}, body: bytes };
  if (drawn < 0.5) return sign(otherSecret, bytes);
  const proof = sign(secret, Buffer.concat([bytes, Buffer.from(' ')]));
  const garbage = (text: string): string =>
    random.pick([
      `${text}x`,
      text.slice(1),
      '',
      `${text}, ${text}`,
      `${text.toUpperCase()}0`,
      'v1,',
      't=1,v1=',
      '0'.repeat(5_000),
    ]);
  const spoiled = (values: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, garbage(value)]));
  return { headers: spoiled(proof.headers), query: spoiled(proof.query), body: bytes };
}

function probe(path: string, secret: string, random: Random): DrawnWebhook {
  const token = random.pick([secret, 'wrong', '', `${secret}x`]);
  const challenge = random.pick(['abc123', '<script>', 'a'.repeat(600), '', '\r\nx: y']);
  const query = {
    'hub.mode': random.pick(['subscribe', 'unsubscribe']),
    'hub.verify_token': token,
    'hub.challenge': challenge,
  };
  const method = random.pick(['GET', 'HEAD', 'PUT']);
  const isProven = token === secret;
  return { seed: { path, method, headers: {}, query, body: Buffer.of() }, isProven, text: '' };
}

/** A form, as some senders write the same content. */
function formOf(value: unknown): string {
  const fields = isObject(value) ? Object.entries(value) : [['value', value] as const];
  const form = new URLSearchParams();
  for (const [name, inner] of fields)
    form.set(name, typeof inner === 'string' ? inner : `${JSON.stringify(inner)}`);
  return form.toString();
}
