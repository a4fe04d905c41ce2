/** Failures that the sandbox can simulate, by the names that people know them by. */

/** The body of `POST /_sandbox/faults`. */
export type Fault = Readonly<Record<string, string | number | boolean>>;

/** A failure that is turned on, with all its settings. */
export type ActiveFault = Fault & { readonly kind: string };

export interface Preset {
  readonly label: string;
  readonly fault: ActiveFault;
}

export const presets: readonly { readonly group: string; readonly presets: readonly Preset[] }[] = [
  {
    group: 'TikTok refuses',
    presets: [
      { label: 'Token revoked (40105)', fault: { kind: 'revoke_token' } },
      { label: 'No permission for the pixel (40001)', fault: { kind: 'code', code: 40001 } },
      { label: 'Rate limit (40100)', fault: { kind: 'code', code: 40100 } },
      { label: 'Internal error (50000)', fault: { kind: 'code', code: 50000 } },
      { label: 'Partial success (20001)', fault: { kind: 'partial' } },
      { label: 'Event ids that contain "poison"', fault: { kind: 'poison', match: 'poison' } },
    ],
  },
  {
    group: 'The connection fails',
    presets: [
      { label: 'HTTP 503', fault: { kind: 'status', status: 503 } },
      { label: 'Slow answer (3 s)', fault: { kind: 'slow', ms: 3000 } },
      { label: 'No answer', fault: { kind: 'stall' } },
      { label: 'Connection reset', fault: { kind: 'reset' } },
      { label: 'Connection reset after TikTok took the events', fault: { kind: 'reset_after' } },
    ],
  },
  {
    group: 'The answer is wrong',
    presets: [
      { label: 'HTML page instead of JSON', fault: { kind: 'html' } },
      { label: 'Redirect', fault: { kind: 'redirect' } },
      { label: 'Answer byte by byte', fault: { kind: 'trickle' } },
      { label: 'Answer of 50 MB', fault: { kind: 'huge' } },
    ],
  },
  { group: 'Back to normal', presets: [{ label: 'Token valid again', fault: { kind: 'restore_token' } }] },
];

/** `code · code 40100 · 2 more times`. */
export function describeFault({ kind, on, times, ...fields }: ActiveFault): string {
  const parts = Object.entries(fields).map(([name, value]) => `${name} ${value}`);
  if (on === 'oauth') parts.push('OAuth only');
  if (typeof times === 'number') parts.push(times === 1 ? '1 more time' : `${times} more times`);
  return [kind, ...parts].join(' · ');
}
