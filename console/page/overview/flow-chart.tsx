/** Flow over time. The picture has a sentence beside it for people who cannot see it, and a table of its numbers. */
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import { Time } from '../parts/time.tsx';
import { useMedia } from '../state/use-media.ts';
import { shortTime } from '../text/format-time.ts';
import { countText } from '../text/words.ts';
import { chartOptions } from './chart-options.ts';
import { barsOf, bucketName, bucketsOf, describeFlow, type Flow, hasFlow } from './flow-series.ts';

interface ChartProps {
  readonly flow: Flow;
  readonly nowMs: number;
}

const height = 112;
const legend = ['accepted', 'delivered', 'failed'] as const;

export function FlowChart({ flow, nowMs }: ChartProps) {
  const holder = useRef<HTMLDivElement>(null);
  const isDark = useMedia('(prefers-color-scheme: dark)');
  useChart(holder, flow, isDark);
  return (
    <figure class="chart">
      <div ref={holder} class="canvas" role="img" aria-label={describeFlow(flow, nowMs)} />
      <figcaption>
        <ul class="legend">
          {legend.map((name) => (
            <li key={name} class={name}>
              {name}
            </li>
          ))}
        </ul>
        <details>
          <summary>Numbers</summary>
          <FlowTable flow={flow} nowMs={nowMs} />
        </details>
      </figcaption>
    </figure>
  );
}

function useChart(holder: { readonly current: HTMLDivElement | null }, flow: Flow, isDark: boolean): void {
  const chart = useRef<uPlot | null>(null);
  useEffect(() => {
    const element = holder.current;
    if (element === null) return;
    const plot = new uPlot(chartOptions(element, element.clientWidth, height), dataOf(flow), element);
    chart.current = plot;
    const observer = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      plot.destroy();
    };
  }, [isDark]);
  useEffect(() => chart.current?.setData(dataOf(flow)), [flow]);
}

const dataOf = (flow: Flow): uPlot.AlignedData => [
  bucketsOf(flow).map(({ atMs }) => atMs / 1000),
  ...barsOf(flow),
];

function FlowTable({ flow, nowMs }: ChartProps) {
  const buckets = bucketsOf(flow).filter(hasFlow).toReversed();
  if (buckets.length === 0) return <p class="dim">No events yet.</p>;
  return (
    <table class="plain">
      <thead>
        <tr>
          <th scope="col">{bucketName(flow.bucketMs)} from</th>
          {legend.map((name) => (
            <th key={name} scope="col" class="count">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {buckets.map((bucket) => (
          <tr key={bucket.atMs}>
            <th scope="row">
              <Time ms={bucket.atMs}>{shortTime(bucket.atMs, nowMs)}</Time>
            </th>
            {legend.map((name) => (
              <td key={name} class="count">
                {countText(bucket[name])}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
