/** The events of a load: orders as shops send them, with today's date. The id of each contains its number. */
import { orders } from '../events/fixture.ts';

const templates = orders('international');

/** @param run distinguishes the events of two runs */
export function eventOf(run: string, number: number): object {
  const event_time = Math.floor(Date.now() / 1000);
  return { ...templates[number % templates.length], event_id: `${run}:${number}`, event_time };
}

/** Bodies of `POST /v1/events` with `perPost` events each. */
export function bodiesOf(run: string, events: number, perPost: number): string[] {
  return Array.from({ length: Math.ceil(events / perPost) }, (_, post) => {
    const first = post * perPost;
    const size = Math.min(perPost, events - first);
    const list = Array.from({ length: size }, (_, index) => eventOf(run, first + index));
    return JSON.stringify(size === 1 ? list[0] : { events: list });
  });
}

/** The number of an event from its id; undefined when the event is from another run. */
export function numberOf(run: string, eventId: unknown): number | undefined {
  const [name, number] = String(eventId).split(':');
  return name === run ? Number(number) : undefined;
}
