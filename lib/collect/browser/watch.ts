/** Accessors on objects of other scripts: they see every later assignment, also through a local variable. */
import type { Accessors, Foreign } from './globals.ts';

/** What this code made or has seen: accessors, wrappers, queues and queued calls. */
export const ours: { has(value: unknown): boolean; add(value: object): unknown } = new WeakSet();

/**
 * Replaces `owner[key]` by what `change` makes of its value, now and after each assignment. A repeated call does nothing,
 * unless another script has redefined the property. Neither does a property that cannot be redefined.
 */
export function watch(owner: Foreign & Accessors, key: string, change: (value: unknown) => unknown): void {
  try {
    if (ours.has(owner.__lookupGetter__(key))) return;
    const set = owner.__lookupSetter__(key);
    let value = change(owner[key]);
    const get = () => value;
    ours.add(get);
    // Shorter than `Object.defineProperty`, and as it should be: redefining the property must not fail in the other script.
    owner.__defineGetter__(key, get);
    owner.__defineSetter__(key, (next: unknown) => {
      if (set) set.call(owner, next);
      value = change(next);
    });
  } catch {}
}
