/**
 * The names under which TikTok counts web events: `/pixel/event/stats/` and `/pixel/list/` give a standard event the name
 * that ads use (`pixel_event_type`, the column "Event name for ad creation" of TikTok's list of pixel events), and a custom
 * event its own (`custom_event_type`).
 */
import { foldName } from '../events/names/fold-name.ts';
import { standardNames } from '../events/standard-events.ts';

/** Names of the Events API whose name for ads is another word; two names of one type are counted as one by TikTok. */
const otherWords: ReadonlyMap<string, string> = new Map([
  ['AddPaymentInfo', 'ADD_BILLING'],
  ['AddToCart', 'ON_WEB_CART'],
  ['AddToWishlist', 'ON_WEB_ADD_TO_WISHLIST'],
  ['ClickButton', 'BUTTON'],
  ['CompletePayment', 'SHOPPING'],
  ['CompleteRegistration', 'ON_WEB_REGISTER'],
  ['Contact', 'CONSULT'],
  ['Download', 'DOWNLOAD_START'],
  ['InitiateCheckout', 'INITIATE_ORDER'],
  ['Lead', 'FORM'],
  ['PageView', 'PAGE_VIEW'],
  ['Pageview', 'PAGE_VIEW'],
  ['PlaceAnOrder', 'ON_WEB_ORDER'],
  ['Purchase', 'SHOPPING'],
  ['Search', 'ON_WEB_SEARCH'],
  ['SubmitForm', 'FORM'],
  ['Subscribe', 'ON_WEB_SUBSCRIBE'],
  ['ViewContent', 'ON_WEB_DETAIL'],
]);

/** For the six names that no public copy of the list shows: FindLocation is FIND_LOCATION. */
const snakeCase = (name: string): string => name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase();

const types = new Map(
  [...standardNames.web, ...standardNames.former].map((name) => [
    name,
    otherWords.get(name) ?? snakeCase(name),
  ]),
);

const byFoldedText = new Map([
  ...[...types].map(([name, type]) => [foldName(name), type] as const),
  ...[...types.values()].map((type) => [foldName(type), type] as const),
]);

/** @returns such as `SHOPPING` for `Purchase`; undefined for a custom name */
export const pixelEventType = (name: string): string | undefined => types.get(name);

/** @param text of `pixel_event_type`, as a type or as an event's name in any spelling; @returns it as it is when unknown */
export const readPixelEventType = (text: string): string => byFoldedText.get(foldName(text)) ?? text;
