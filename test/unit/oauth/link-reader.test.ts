import { beforeEach, expect, test } from 'vitest';
import { newConnectLink } from '../../../lib/oauth/connect-link.ts';
import { createLinkReader, type LinkReader } from '../../../lib/oauth/link-reader.ts';
import type { ConnectLink } from '../../../lib/secrets/secret-values.ts';

let nowMs = 0;
let reads = 0;
let stored: string | undefined;
let links: LinkReader;

const linkOf = (nonce: string) => newConnectLink(nonce, 'default', 0);
const stranger = () => false;
const knows = (nonce: string) => (link: ConnectLink) => link.digest === linkOf(nonce).digest;

beforeEach(() => {
  nowMs = 1_000_000;
  reads = 0;
  stored = JSON.stringify(linkOf('a'));
  const read = async () => {
    reads += 1;
    return stored;
  };
  links = createLinkReader({
    settings: { secretsPrefix: 'p' },
    clients: { secrets: { read } },
    now: () => nowMs,
  });
});

async function ask(times: number, fits: (link: ConnectLink) => boolean): Promise<number> {
  const before = reads;
  for (let count = 0; count < times; count += 1) await links.find(fits);
  return reads - before;
}

test('reads the link for strangers three times at once, then once a second', async () => {
  expect(await ask(50, stranger)).toBe(3);
  nowMs += 999;
  expect(await ask(50, stranger)).toBe(0);
  nowMs += 1;
  expect(await ask(50, stranger)).toBe(1);
  nowMs += 5_000;
  expect(await ask(50, stranger)).toBe(3);
});

test('reads the link for strangers no more often when the secret cannot be read', async () => {
  stored = 'not JSON';
  const outcomes = await Promise.allSettled(Array.from({ length: 50 }, () => links.find(stranger)));
  expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(3);
  expect(reads).toBe(3);
});

test('gives a caller who knows the link the current one, even while strangers send many requests', async () => {
  await ask(50, stranger);
  expect(await ask(50, knows('a'))).toBe(50);
  stored = '{}';
  expect(await links.find(knows('a'))).toBeUndefined();
  expect(await ask(50, knows('a'))).toBe(0);
});

test('gives a caller a link that was just created at once', async () => {
  await links.find(knows('a'));
  stored = JSON.stringify(linkOf('b'));
  expect(await links.find(knows('b'))).toEqual(linkOf('b'));
});
