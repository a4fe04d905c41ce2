/** The top of the events view: what waits, how much flowed, and when. */
import type { ConsoleState } from '../../api.ts';
import { Time } from '../parts/time.tsx';
import { type Filters, noFilters } from '../state/rows-query.ts';
import { useNow } from '../state/use-now.ts';
import { shortTime } from '../text/format-time.ts';
import { FlowChart } from './flow-chart.tsx';
import { FlowNumbers } from './flow-numbers.tsx';
import { bucketsOf, hasFlow } from './flow-series.ts';
import { HeldBanners } from './held-banner.tsx';
import { Problems } from './problems.tsx';

interface OverviewProps {
  readonly state: ConsoleState;
  readonly clockOffsetMs: number;
  readonly filters: Filters;
  readonly onFilter: (filters: Filters) => void;
}

export function Overview({ state, clockOffsetMs, filters, onFilter }: OverviewProps) {
  const nowMs = useNow(clockOffsetMs);
  const select = (outcome: string) =>
    onFilter({ ...noFilters, outcome: filters.outcome === outcome ? '' : outcome });
  return (
    <>
      <Problems problems={state.problems} />
      <HeldBanners held={state.held} nowMs={nowMs} />
      <section class="card flow" aria-labelledby="flow-title">
        <h2 id="flow-title">
          Since <Time ms={state.sinceMs}>{shortTime(state.sinceMs, nowMs)}</Time>
        </h2>
        <FlowNumbers state={state} selected={filters.outcome} onSelect={select} />
        {bucketsOf(state.flow).some(hasFlow) ? (
          <FlowChart flow={state.flow} nowMs={nowMs} />
        ) : (
          <p class="nothing dim">No events in this time.</p>
        )}
      </section>
    </>
  );
}
