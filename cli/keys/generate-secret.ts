/** Makes webhook secrets that every platform takes, in a header, a form or an address. */
import { randomBytes } from 'node:crypto';

/**
 * The form of Standard Webhooks; every other platform uses it as plain text. Of base64 it has letters and digits only: a token
 * can be part of an address, where `+` means a space. 33 bytes need no `=`, and a draw without `+` and `/` comes every fourth time.
 */
export function generateSecret(random: (size: number) => Buffer = randomBytes): string {
  for (;;) {
    const text = random(33).toString('base64');
    if (!/[+/]/.test(text)) return `whsec_${text}`;
  }
}
