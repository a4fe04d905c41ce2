/** The other side of `child-function.ts`: loads the handler once, then answers one call after the other. */
import { pathToFileURL } from 'node:url';
import type { Context, Handler } from 'aws-lambda';
import type { ChildAnswer } from './child-function.ts';

interface Call {
  event: unknown;
  context: Omit<Context, 'getRemainingTimeInMillis'>;
  remainingMs: number;
}

const file = process.argv[2] ?? '';
const loading: Promise<{ handler: Handler }> = import(pathToFileURL(file).href);

async function answer({ event, context, remainingMs }: Call): Promise<ChildAnswer> {
  const deadline = Date.now() + remainingMs;
  const getRemainingTimeInMillis = () => Math.max(0, deadline - Date.now());
  try {
    const { handler } = await loading;
    const result = await handler(event, { ...context, getRemainingTimeInMillis } as Context, () => undefined);
    return { answer: result ?? null };
  } catch (error) {
    return { error: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }
}

process.on('message', async (call: Call) => {
  process.send?.(await answer(call));
});
// Without its parent nobody waits for an answer.
process.on('disconnect', () => process.exit(0));
