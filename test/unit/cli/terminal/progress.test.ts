import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { runOn, type Terminal } from '../../../../cli/terminal/io.ts';
import { note, showResult } from '../../../../cli/terminal/output.ts';
import { startProgress } from '../../../../cli/terminal/progress.ts';
import { untilInterrupted } from '../../../../cli/terminal/until-interrupted.ts';
import { createScreen } from '../../../cli/support/screen.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function startTerminal({ onEnd = () => undefined }: { readonly onEnd?: () => unknown } = {}) {
  const screen = createScreen();
  let interrupt = (): void => undefined;
  const terminal: Terminal = {
    stdin: Readable.from([]),
    stdout: screen.stream,
    stderr: screen.stream,
    env: {},
    hasColors: false,
    inputStats: () => undefined,
    onInterrupt: (stop) => {
      interrupt = stop;
      return () => void onEnd();
    },
    exit: () => undefined,
  };
  return {
    terminal,
    lines: screen.lines,
    type: (text: string) => screen.stream.write(text),
    interrupt: () => interrupt(),
  };
}

describe('on a terminal', () => {
  test('notes and results have lines of their own, above and below the bar', async () => {
    const { terminal, lines } = startTerminal();
    await runOn(terminal, async () => {
      const progress = startProgress({ unit: 'row', total: 100 });
      progress.update(25);
      note('First note');
      await vi.advanceTimersByTimeAsync(1_000);
      expect(lines()).toEqual([
        'First note',
        expect.stringMatching(/^█{10}░{30} 25% \| 25\/100 rows \| 25\/s \| 3 s left$/),
      ]);
      note('Second note');
      progress.update(100);
      await vi.advanceTimersByTimeAsync(1_000);
      progress.stop();
      showResult(false, {}, () => '100 rows read');
    });
    expect(lines()).toEqual(['First note', 'Second note', '100 rows read', '']);
  });

  test('Ctrl-C leaves no rest of the bar behind', async () => {
    const { terminal, lines, type, interrupt } = startTerminal();
    await runOn(terminal, () =>
      untilInterrupted('Stopping', async (signal) => {
        const progress = startProgress({ unit: 'row', total: 100 });
        progress.update(36);
        type('^C');
        interrupt();
        await vi.advanceTimersByTimeAsync(1_000);
        expect(signal.aborted).toBe(true);
        progress.update(38);
        progress.stop();
        showResult(false, {}, () => '38 rows read');
      }),
    );
    expect(lines()).toEqual(['Stopping (Press Ctrl-C again to stop at once.)', '38 rows read', '']);
  });

  test('Ctrl-C that arrives twice stops nothing at once, also when the work ended in between', async () => {
    const ended: string[] = [];
    const { terminal, interrupt } = startTerminal({ onEnd: () => ended.push('no handler') });
    await runOn(terminal, () => untilInterrupted('Stopping', async () => interrupt()));
    expect(ended).toEqual([]);
    interrupt();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(ended).toEqual(['no handler']);
    await runOn(terminal, () => untilInterrupted('Stopping', async () => undefined));
    expect(ended).toHaveLength(2);
  });

  test('the bar says why nothing moves, and counts down to the next try', async () => {
    const { terminal, lines } = startTerminal();
    await runOn(terminal, async () => {
      const progress = startProgress({ unit: 'row', total: 3_000 });
      progress.wait('the gateway answers 503', performance.now() + 4_000);
      await vi.advanceTimersByTimeAsync(300);
      expect(lines()).toEqual(['0% | 0/3,000 rows | the gateway answers 503, next try in 4 s']);
      await vi.advanceTimersByTimeAsync(3_000);
      expect(lines()).toEqual(['0% | 0/3,000 rows | the gateway answers 503, next try in 1 s']);
      progress.update(1_500);
      await vi.advanceTimersByTimeAsync(1_000);
      expect(lines()[0]).toMatch(/^█{20}░{20} 50% \| 1,500\/3,000 rows/);
      progress.stop();
    });
    expect(lines()).toEqual(['']);
  });
});

test('without a terminal, a reason is written once, and again after 10 seconds', async () => {
  const { terminal, lines } = startTerminal();
  await runOn({ ...terminal, env: { TERM: 'dumb' } }, async () => {
    const progress = startProgress({ unit: 'row', total: undefined });
    for (let second = 0; second < 12; second += 1) {
      progress.wait('the gateway answers 503', performance.now() + 1_000);
      await vi.advanceTimersByTimeAsync(1_000);
    }
    progress.stop();
  });
  expect(lines()).toEqual([
    'the gateway answers 503, next try in 1 s',
    'the gateway answers 503, next try in 1 s',
    '',
  ]);
});
