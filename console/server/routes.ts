/** The routes of the console's API, by method and path below `/_console/`; `*` is an id. */
import * as z from 'zod/mini';
import type { SampleResult } from '../api.ts';
import { finishLetters } from './finish-letters.ts';
import type { ConsoleSource, LocalExtras, SentRequest } from './source.ts';
import { syncRoutes } from './sync-routes.ts';
import type { View } from './view/view.ts';
import { ConsoleProblem } from './write-answer.ts';

interface Call {
  readonly source: ConsoleSource;
  readonly view: View;
  readonly query: URLSearchParams;
  /** The id in place of `*`; empty without one. */
  readonly id: string;
  readonly body: unknown;
}

type Run = (call: Call) => object | Promise<object>;

const routes: Readonly<Record<string, Run>> = {
  'GET state': ({ view }) => view.state(),
  'GET rows': ({ view, query }) => view.rows(query),
  'GET changes': ({ view, query }) => view.changes(query.get('after') ?? ''),
  'GET stories/*': async ({ view, id }) => (await view.story(id)) ?? missing(noRow),
  'GET quality': ({ view }) => view.quality(),
  'GET dead-letters': ({ source }) => source.letters.list(),
  'POST dead-letters/replay': (call) => finish('replay', call),
  'POST dead-letters/discard': (call) => finish('discard', call),
  'GET samples': ({ source }) => localOf(source).samples(),
  'POST samples/*': async ({ source, view, id }) =>
    resultOf((await localOf(source).sendSample(id)) ?? missing('There is no sample of this name.'), view),
  ...syncRoutes,
  'POST resend/*': async ({ source, view, id }) => {
    const { event = missing('This row has no event that can be sent again.') } =
      view.row(id) ?? missing(noRow);
    return resultOf((await localOf(source).resend(event)) ?? missing(noEvent), view);
  },
};

const noRow = 'The console no longer has this row.';
const noEvent = 'The gateway no longer has this event: it keeps the last 10,000.';

const finish = (action: 'replay' | 'discard', { source: { letters }, view, body }: Call) =>
  finishLetters(action, idsOf(body), { letters, eventOf: view.eventsOfLetters() });

function resultOf({ status, body, trace }: SentRequest, view: View): SampleResult {
  const rowId = trace === undefined ? undefined : view.rowOfTrace(trace);
  return { status, body, ...(rowId !== undefined && { rowId }) };
}

/** @throws ConsoleProblem for a path without a route */
export function findRoute(method: string, path: string): { readonly run: Run; readonly id?: string } {
  const [first = '', second = '', ...others] = path.split('/');
  const withId = others.length === 0 && second !== '' ? routeOf(`${method} ${first}/*`) : undefined;
  if (withId !== undefined) return { run: withId, id: decode(second) };
  const exact = routeOf(`${method} ${path}`);
  if (exact !== undefined) return { run: exact };
  throw new ConsoleProblem(404, 'The console has no such route.');
}

const routeOf = (key: string): Run | undefined => (Object.hasOwn(routes, key) ? routes[key] : undefined);

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new ConsoleProblem(400, 'The address has a broken escape.');
  }
}

const idsSchema = z.object({ ids: z.array(z.string().check(z.maxLength(200))).check(z.maxLength(1_000)) });

function idsOf(body: unknown): readonly string[] {
  const read = idsSchema.safeParse(body);
  if (read.success) return read.data.ids;
  throw new ConsoleProblem(400, 'The body must be {"ids": […]} with 1,000 message ids at most.');
}

const localOf = ({ local }: ConsoleSource): LocalExtras =>
  local ?? missing('Only the console of the stage local sends events.');

function missing(detail: string): never {
  throw new ConsoleProblem(404, detail);
}
