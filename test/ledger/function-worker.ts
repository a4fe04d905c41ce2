/** One Lambda sandbox: loads a packaged bundle and answers invocations that come as messages from the parent process. */
import { createRequire } from 'node:module';
import type { Context } from 'aws-lambda';

interface Invocation {
  readonly id: number;
  readonly event: unknown;
  readonly deadlineMs: number;
}

type Handler = (event: unknown, context: Pick<Context, 'getRemainingTimeInMillis'>) => Promise<unknown>;

const [bundlePath = '', mutant = ''] = process.argv.slice(2);
const { handler } = createRequire(import.meta.url)(bundlePath) as { handler: Handler };

/** The deliberately broken consumer: it reports no failure, whatever happened. */
const reportsNoFailure = mutant === 'reports-no-failure';

process.on('message', async ({ id, event, deadlineMs }: Invocation) => {
  try {
    const result = await handler(event, {
      getRemainingTimeInMillis: () => Math.max(0, deadlineMs - Date.now()),
    });
    process.send?.({ id, result: reportsNoFailure ? { batchItemFailures: [] } : result });
  } catch (error) {
    process.send?.({ id, error: error instanceof Error ? error.name : 'unknown' });
  }
});
process.send?.({ id: 0 });
