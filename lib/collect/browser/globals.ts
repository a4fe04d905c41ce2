/** What the snippet, the script and the page share. Names are one letter where they cost bytes in the snippet. */
import type { BrowserSettings } from '../wire.ts';

/** One caught call. */
export interface Call {
  /** The name of the event, or the method: `identify`, `load` or one of consent. */
  readonly n: unknown;
  /** The arguments, as the page gave them. */
  readonly a: readonly unknown[];
  /** Pixel code of the instance. */
  readonly x: unknown;
  /** Unix milliseconds. */
  readonly t: number;
  /** `location.href` of that moment. */
  readonly u: string;
  /** Event id, as the pixel gets it: another script that passes the call on can change it. Only an event has one. */
  i?: string | number | undefined;
}

/** `window.tiktokEvents`: methods for the page, and what the snippet leaves for the script. */
export interface Api {
  /** Caught calls: an array until the script puts its own receiver there. */
  q: { push(call: Call): unknown };
  /** Names that pass untouched. */
  u: readonly unknown[];
  /** The address of the page before a single-page app could change it. */
  readonly h: string;
  /** `track`, `identify`, `holdConsent`, `grantConsent`, `revokeConsent`, and what else a pixel can have. */
  track?: Method;
  identify?: Method;
  holdConsent?: Method;
  grantConsent?: Method;
  revokeConsent?: Method;
}

/** Anything of another script: it can be missing or of another kind, so each use of it is inside `try`. */
export interface Foreign {
  [key: string]: Foreign;
}

/** What every object has, and TypeScript does not know (ECMA-262, section B.2.2). */
export interface Accessors {
  __lookupGetter__(key: string): unknown;
  __lookupSetter__(key: string): Method | undefined;
  __defineGetter__(key: string, get: () => unknown): void;
  __defineSetter__(key: string, set: (next: unknown) => void): void;
}

export type Method = (this: unknown, ...args: unknown[]) => unknown;

declare global {
  interface Window {
    tiktokEvents?: Api;
    TiktokAnalyticsObject?: string;
    ttq?: unknown;
  }
  /** The build puts `window` in place of this name. */
  const page: Foreign & Accessors;
  /** The build puts the stage's settings in place of this object's members: the names as one text. */
  const settings: Omit<BrowserSettings, 'untouched'> & {
    readonly untouched: string;
    readonly separator: string;
  };
}
