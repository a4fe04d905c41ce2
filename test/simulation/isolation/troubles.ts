/** What can be wrong with an event, or with TikTok and the account as a whole, as the answers to single calls. */
import { code, noConnection, type Outcome, page, reset, silence } from '../tiktok/answers.ts';
import type { Answers, TrackCall } from './track-client.ts';

/** One way in which an event is bad, or a call too large. */
export interface BadEvent {
  /** What a call with the event gets. */
  readonly name: string;
  /** All of them lead to the same course. */
  readonly answers: readonly [Answers, ...Answers[]];
  /** Fields of the bad event beside those of every event. */
  readonly fields?: object;
  /** How often SQS had handed out the events before; 0 by default. */
  readonly earlier?: { readonly bad?: number; readonly good?: number };
  /** Any event can be part of it, so none is bad. */
  readonly isNoEventBad?: true;
}

const taken = code(0);
const status = (value: number): Outcome => page(value, 'Error');

export const isBad = (id: string): boolean => id.startsWith('bad');

/** Gives the answer to each call with a bad event; `index` is the position of the first. */
const toBad =
  (answer: (index: number, call: TrackCall) => Outcome): Answers =>
  (call) => {
    const index = call.ids.findIndex(isBad);
    return index < 0 ? taken : answer(index, call);
  };
const always = (answer: Outcome): Answers => toBad(() => answer);

const refused = (position: string): Outcome => code(40002, `${position}user.email is wrong`);

/** Any of these can be an outage, too. */
const silent: BadEvent['answers'] = [
  always(status(403)),
  always(status(400)),
  always(status(500)),
  always(code(50000)),
  always(reset),
];

const large = { description: 'x'.repeat(2_000), page_url: `https://shop.example/${'p'.repeat(1_900)}` };
const mostBytes = 8_000;

const waitsForHours = { bad: 20 };
const waitedForMinutes = { good: 5 };

export const badEvents: readonly BadEvent[] = [
  {
    name: 'a refusal that names its position',
    answers: [toBad((index) => refused(`Batch.${index}.`))],
  },
  { name: 'a refusal that names no position', answers: [toBad(() => refused(''))] },
  {
    name: 'a refusal that names another position',
    answers: [toBad((index, { ids }) => refused(`data[${(index + 1) % ids.length}].`))],
  },
  { name: 'code 40700, which may pass later', answers: [always(code(40700))] },
  { name: 'HTTP 413, as the event is large', answers: [always(status(413))], fields: large },
  {
    name: 'HTTP 413, as the call has more than 8 kB',
    answers: [({ bytes }) => (bytes > mostBytes ? status(413) : taken)],
    isNoEventBad: true,
  },
  {
    name: "a firewall's page (HTTP 403), HTTP 400 or 500, code 50000, or a reset connection",
    answers: silent,
  },
  { name: 'no answer within 8 s', answers: [always(silence)] },
  { name: 'HTTP 500; only the bad event is old', answers: [always(status(500))], earlier: waitsForHours },
  {
    name: 'no answer within 8 s; only the bad event is old',
    answers: [always(silence)],
    earlier: waitsForHours,
  },
  { name: 'HTTP 500; only the bad event is new', answers: [always(status(500))], earlier: waitedForMinutes },
  {
    name: 'no answer within 8 s; only the bad event is new',
    answers: [always(silence)],
    earlier: waitedForMinutes,
  },
];

/** A trouble of TikTok, of the account, or on the way there, whatever the events are. */
export interface Trouble {
  readonly name: string;
  /** @param lastsSeconds from the first call on */
  readonly answers: (lastsSeconds: number) => Answers;
}

const until =
  (answer: Outcome) =>
  (lastsSeconds: number): Answers =>
  ({ secondsIn }) =>
    secondsIn < lastsSeconds ? answer : taken;

export const troubles: readonly Trouble[] = [
  { name: 'Outage: HTTP 503', answers: until(status(503)) },
  { name: 'Outage: reset connections', answers: until(reset) },
  { name: 'Outage: no answer within 8 s', answers: until(silence) },
  { name: 'No connection', answers: until(noConnection) },
  { name: 'Rate limit (40100)', answers: until(code(40100)) },
  { name: 'Maintenance (61000)', answers: until(code(61000)) },
  {
    name: 'Revoked token (40105), until the secret has a new one',
    answers: () => (call) => (call.token === 'new' ? taken : code(40105)),
  },
  { name: 'Missing permission (40001)', answers: until(code(40001)) },
];
