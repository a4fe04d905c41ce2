/** A time in the viewer's zone; its title is the whole time with the zone. */
import type { ComponentChildren } from 'preact';
import { absoluteTime } from '../text/format-time.ts';

interface TimeProps {
  readonly ms: number;
  readonly children: ComponentChildren;
}

export const Time = ({ ms, children }: TimeProps) => (
  <time dateTime={new Date(ms).toISOString()} title={absoluteTime(ms)}>
    {children}
  </time>
);
