/** The look of the chart: quiet axes in the viewer's time zone, and the page's own colors. */
import uPlot from 'uplot';

/** Room for the whole first and last bar. */
function wholeBars({ data: [times] }: uPlot, low: number, high: number): [number, number] {
  const half = times.length > 1 ? ((times[1] ?? 0) - (times[0] ?? 0)) / 2 : 0;
  return [low - half, high + half];
}

const barWidth: [number, number] = [0.72, 18];

/** @param element gives the colors: its CSS variables differ between light and dark */
export function chartOptions(element: HTMLElement, width: number, height: number): uPlot.Options {
  const color = (name: string) => resolveColor(element, name);
  return {
    width,
    height,
    padding: [8, 4, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { range: wholeBars },
      y: { range: (_chart, _low, high) => [0, Math.max(4, Math.ceil(high * 1.1))] },
    },
    axes: axesOf(`11px ${getComputedStyle(element).fontFamily}`, color('--dim'), color('--line')),
    series: [
      {},
      bars(color('--bad'), 'failed'),
      bars(color('--bar-soft'), 'accepted'),
      bars(color('--bar'), 'delivered'),
    ],
  };
}

function axesOf(font: string, stroke: string, line: string): uPlot.Axis[] {
  const axis = { stroke, font, ticks: { show: false } };
  return [
    { ...axis, grid: { show: false }, size: 24, gap: 4, space: 70, values: axisTimes },
    { ...axis, grid: { stroke: line, width: 1 }, size: 40, gap: 6, space: 26, incrs: wholeSteps },
  ];
}

/** There is no half event. */
const wholeSteps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 50_000, 100_000];

const bars = (fill: string, label: string): uPlot.Series => ({
  label,
  fill,
  stroke: fill,
  width: 0,
  points: { show: false },
  ...(uPlot.paths.bars === undefined ? {} : { paths: uPlot.paths.bars({ size: barWidth, radius: 0.15 }) }),
});

const minute = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const day = new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric' });

/** Hours and minutes; a new day shows its date. */
const axisTimes = (_chart: uPlot, splits: number[]): string[] =>
  splits.map((seconds) => {
    const text = minute.format(seconds * 1000);
    return text === '00:00' ? day.format(seconds * 1000) : text;
  });

/** A canvas knows no `light-dark()`: the browser computes the color of an element. */
function resolveColor(element: HTMLElement, name: string): string {
  const probe = element.appendChild(document.createElement('span'));
  probe.style.color = `var(${name})`;
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
