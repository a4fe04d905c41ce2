/**
 * The console's token: the fragment of the address that the command printed. The page keeps it for this tab and removes it
 * from the address bar, so that no screenshot, bookmark or history shows it.
 */
import { tokenOf } from './token-of.ts';

const key = 'console-token';

/** A stage on this machine takes any token. */
const localToken = 'local';

/** @returns the token of this tab */
export function takeToken(): string {
  const given = tokenOf(location.hash);
  if (given !== undefined) {
    sessionStorage.setItem(key, given);
    history.replaceState(null, '', location.pathname + location.search);
  }
  const meta = document.querySelector<HTMLMetaElement>('meta[name="console-token"]')?.content;
  return given ?? sessionStorage.getItem(key) ?? meta ?? localToken;
}

/** A new token in the address of an open page changes only the fragment, which loads nothing. */
export function followToken(): void {
  addEventListener('hashchange', () => {
    if (tokenOf(location.hash) !== undefined) location.reload();
  });
}
