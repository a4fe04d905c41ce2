/** Whether the page is current. Its changes are announced. */
import type { Model } from '../state/model.ts';

const texts: Readonly<Record<Model['connection'], string>> = {
  connecting: 'Connecting …',
  live: 'Live',
  lost: 'Connection lost, retrying …',
  forbidden: 'Not allowed',
};

export const Connection = ({ connection }: Pick<Model, 'connection'>) => (
  <span class={`connection ${connection}`} role="status">
    {texts[connection]}
  </span>
);

/** Why nothing on the page is current. */
export const ConnectionBanner = ({ connection, fault }: Pick<Model, 'connection' | 'fault'>) => {
  if (connection === 'lost')
    return (
      <div class="banner bad">
        <p>
          <strong>Connection lost.</strong> What you see may be old. {fault}
        </p>
      </div>
    );
  if (connection !== 'forbidden') return null;
  return (
    <div class="banner bad">
      <p>
        <strong>This page has no valid token.</strong> Open the address that the console command printed.
      </p>
    </div>
  );
};
