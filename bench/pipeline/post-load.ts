/** Sends prepared bodies to a gateway with a fixed number of concurrent posts, each body once, and times each post. */
import { Agent, request } from 'node:http';

export interface LoadSettings {
  readonly url: string;
  readonly bodies: readonly string[];
  /** Number of concurrent posts, each on its own keep-alive connection. */
  readonly parallel: number;
  /** Called when a post starts, with the index of its body. */
  readonly onPost?: (index: number) => void;
}

export interface Load {
  readonly seconds: number;
  /** Time from the first byte sent to the last byte received, one for each post, ascending. */
  readonly latenciesMs: readonly number[];
  /** How many posts were answered with each status. */
  readonly statuses: Readonly<Record<number, number>>;
  /** Events that the answers call accepted; an empty answer of 202 counts as none. */
  readonly accepted: number;
}

const headers = { authorization: 'Bearer local-api-key', 'content-type': 'application/json' };

interface Answer {
  readonly status: number;
  readonly text: string;
}

function post(url: string, body: string, agent: Agent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = {
      method: 'POST',
      agent,
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
    };
    const outgoing = request(`${url}/v1/events`, options, (response) => {
      response.once('error', reject);
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('end', () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }),
      );
    });
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}

export async function postLoad({ url, bodies, parallel, onPost }: LoadSettings): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: parallel });
  const latenciesMs: number[] = [];
  const statuses: Record<number, number> = {};
  const answers: string[] = [];
  let next = 0;
  async function client(): Promise<void> {
    while (next < bodies.length) {
      const index = next;
      next += 1;
      onPost?.(index);
      const startedAt = performance.now();
      const { status, text } = await post(url, bodies[index] ?? '', agent);
      latenciesMs.push(performance.now() - startedAt);
      statuses[status] = (statuses[status] ?? 0) + 1;
      answers.push(text);
    }
  }
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: parallel }, client));
  const seconds = (performance.now() - startedAt) / 1000;
  agent.destroy();
  // Reads the body after the time is taken, because reading is not the gateway's work.
  const accepted = answers.reduce((sum, text) => sum + acceptedOf(text), 0);
  return { seconds, latenciesMs: latenciesMs.sort((a, b) => a - b), statuses, accepted };
}

const acceptedOf = (text: string): number => (JSON.parse(text) as { accepted?: number }).accepted ?? 0;

/** @param sorted ascending @param share 0.99 for the 99th percentile */
export const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
