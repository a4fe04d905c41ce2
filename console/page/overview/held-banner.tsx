/** Events that wait for one reason: how many, why, since when, until when, and what to do. */
import type { ConsoleState } from '../../api.ts';
import { Command } from '../parts/copy-button.tsx';
import { Prose } from '../parts/prose.tsx';
import { Time } from '../parts/time.tsx';
import { countdown, shortTime } from '../text/format-time.ts';
import { counted } from '../text/words.ts';

type Held = ConsoleState['held'][number];

interface BannerProps {
  readonly held: ConsoleState['held'];
  readonly nowMs: number;
}

export const HeldBanners = ({ held, nowMs }: BannerProps) =>
  held.length === 0 ? null : (
    <section class="banners" aria-label="Events that wait">
      {held.map((group) => (
        <HeldBanner
          key={`${group.destination} ${group.outcome} ${group.reason}`}
          group={group}
          nowMs={nowMs}
        />
      ))}
    </section>
  );

function HeldBanner({ group, nowMs }: { readonly group: Held; readonly nowMs: number }) {
  const { count, outcome, destination, text, reason, sinceMs, nextAttemptMs, remedy } = group;
  return (
    <div class="banner">
      <div class="banner-text">
        <p>
          <strong>
            {counted(count, 'event')} {verb(count, outcome)}
          </strong>{' '}
          for <b>{destination}</b> since <Time ms={sinceMs}>{shortTime(sinceMs, nowMs)}</Time>.{' '}
          <span class="countdown">Next attempt {countdown(nextAttemptMs, nowMs)}.</span>
        </p>
        <p class="dim">
          <Prose text={text} /> <code>{reason}</code>
        </p>
      </div>
      {remedy !== undefined && <Command text={remedy} what="the command that fixes it" />}
    </div>
  );
}

const verb = (count: number, outcome: Held['outcome']): string =>
  outcome === 'held' ? (count === 1 ? 'is held' : 'are held') : count === 1 ? 'waits' : 'wait';
