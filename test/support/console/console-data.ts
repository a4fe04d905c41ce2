/** What a console's server knows in a test, and its answers to the requests of `console/api.ts`. */
import type {
  ActionAnswer,
  ConsoleState,
  DeadLettersAnswer,
  Outcome,
  QualityAnswer,
  Row,
  SamplesAnswer,
} from '../../../console/api.ts';
import type { SyncAnswer } from '../../../console/syncs-api.ts';
import { nowMs } from './sample-rows.ts';
import { sampleStory } from './sample-story.ts';
import { syncsAnswer } from './sample-syncs.ts';

/** What the server knows; a test changes it while the page is open. */
export interface ConsoleData {
  state: Partial<ConsoleState>;
  rows: readonly Row[];
  /** Rows that `changes` has not given yet. */
  changes: Row[];
  letters: DeadLettersAnswer;
  action: ActionAnswer;
  quality: QualityAnswer;
  samples: SamplesAnswer;
  syncs: readonly SyncAnswer[];
  faults: object[];
  requests: object[];
  /** Every answer is 403. */
  isForbidden: boolean;
}

export const emptyData = (): ConsoleData => ({
  state: {},
  rows: [],
  changes: [],
  letters: { letters: [], total: 0 },
  action: { done: 0, left: [] },
  quality: { rows: [], gains: [] },
  samples: { samples: [] },
  syncs: [],
  faults: [],
  requests: [],
  isForbidden: false,
});

/** @returns undefined for a request that the console does not know */
export function answerOf(
  data: ConsoleData,
  method: string,
  { pathname, searchParams }: URL,
  body: string,
): unknown {
  const [, last = ''] = /\/([^/]*)$/.exec(pathname) ?? [];
  const id = decodeURIComponent(last);
  const known = sandboxAnswer(data, `${method} ${pathname}`, body) ?? syncsAnswer(data.syncs, pathname, body);
  if (known !== undefined) return known;
  switch (`${method} ${pathname}`) {
    case 'GET /_console/state':
      return stateOf(data);
    case 'GET /_console/rows':
      return rowsOf(data, searchParams);
    case 'GET /_console/changes':
      return { rows: data.changes.splice(0), cursor: 'next' };
    case 'GET /_console/quality':
      return data.quality;
    case 'GET /_console/dead-letters':
      return data.letters;
    case 'GET /_console/samples':
      return data.samples;
    case 'POST /_console/dead-letters/replay':
    case 'POST /_console/dead-letters/discard':
      return data.action;
    case 'POST /v1/events':
      return { accepted: 1 };
  }
  if (pathname.startsWith('/_console/stories/')) return storyOf(data, id);
  if (/^\/_console\/(?:samples|resend)\//.test(pathname))
    return { status: 202, body: '{"accepted":1}', rowId: 'row-0' };
  return undefined;
}

/** The part of the local stage that the sandbox answers. */
function sandboxAnswer(data: ConsoleData, request: string, body: string): unknown {
  switch (request) {
    case 'GET /_sandbox/requests':
      return { requests: data.requests };
    case 'DELETE /_sandbox/requests':
      data.requests = [];
      return { requests: [] };
    case 'POST /_sandbox/faults':
      data.faults.push(JSON.parse(body));
      return { faults: data.faults };
    case 'DELETE /_sandbox/faults':
      data.faults = [];
      return { faults: [] };
    case 'GET /_sandbox/faults':
      return { faults: data.faults };
    default:
      return undefined;
  }
}

function storyOf(data: ConsoleData, id: string) {
  const row = data.rows.find((one) => one.id === id);
  return row === undefined ? undefined : sampleStory(row);
}

function rowsOf({ rows }: ConsoleData, query: URLSearchParams) {
  const isIn = (name: string, values: readonly (string | undefined)[]) => {
    const wanted = query.get(name);
    return wanted === null || values.includes(wanted);
  };
  const found = rows.filter(
    (row) =>
      isIn('source', [row.source]) &&
      isIn('name', [row.name]) &&
      isIn('outcome', [row.outcome]) &&
      isIn('find', [row.id, row.event, ...row.orders]),
  );
  return { rows: found };
}

function stateOf({ state, rows, syncs }: ConsoleData): ConsoleState {
  const count = (outcome: Outcome) => rows.filter((row) => row.outcome === outcome).length;
  return {
    stage: 'local',
    isLocal: true,
    sendsTo: 'sandbox',
    nowMs,
    sinceMs: nowMs - 3_600_000,
    parked: 0,
    totals: {
      accepted: count('accepted'),
      waiting: count('waiting'),
      held: count('held'),
      delivered: count('delivered'),
      'dead-letter': count('dead-letter'),
      rejected: count('rejected'),
      skipped: count('skipped'),
      discarded: count('discarded'),
    },
    held: [],
    flow: { bucketMs: 60_000, startMs: nowMs - 3_600_000, accepted: [], delivered: [], failed: [] },
    sources: [...new Set(rows.map(({ source }) => source))].sort(),
    names: [...new Set(rows.flatMap(({ name }) => name ?? []))].sort(),
    cursor: 'start',
    problems: [],
    hasSyncs: syncs.length > 0,
    ...state,
  };
}
