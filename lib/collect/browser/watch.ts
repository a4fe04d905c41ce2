/** Accessors on objects of other scripts: they see every later assignment, also through a local variable. */
import type { Foreign } from './globals.ts';

/** What this code made or has seen: accessors, wrappers, queues and queued calls. */
export const ours: { has(value: unknown): boolean; add(value: object): unknown } = new WeakSet();

/**
 * Replaces `owner[key]` by what `change` makes of its value, now and after each assignment. A repeated call does nothing,
 * unless another script has redefined the property.
 */
export function watch(owner: Foreign, key: string, change: (value: unknown) => unknown): void {
  const found = Object.getOwnPropertyDescriptor(owner, key);
  if (found && ours.has(found.get)) return;
  let value = change(owner[key]);
  const get = () => value;
  ours.add(get);
  Object.defineProperty(owner, key, {
    // Redefining the property must not fail in the other script.
    configurable: true,
    enumerable: true,
    get,
    set(next: unknown) {
      value = change(next);
    },
  });
}
