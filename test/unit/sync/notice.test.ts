import { describe, expect, test } from 'vitest';
import { healthAfter, noticeOf } from '../../../lib/sync/report/notice.ts';
import { healths, newRun, type Run } from '../../../lib/sync/state/record.ts';

const run = (more: Partial<Run> = {}): Run => ({
  ...newRun('r', 'schedule', 0),
  status: 'succeeded',
  ...more,
});
const settings = { notices: { rejectedPercent: 5, emptyRuns: 2 } };
const after = (ended: Run, before: (typeof healths)[number] = 'ok', emptyRuns = 0) =>
  healthAfter(ended, { health: before }, emptyRuns, settings);

describe('a sync', () => {
  test.each([
    ['failed', run({ status: 'failed' }), 'ok', 0],
    ['blocked', run({ rows: 100, cursor_blocked: 1 }), 'ok', 0],
    ['rejecting', run({ rows: 100, rejected: 6 }), 'ok', 0],
    ['ok', run({ rows: 100, rejected: 5 }), 'rejecting', 0],
    ['rejecting', run(), 'rejecting', 1],
    ['ok', run(), 'failed', 1],
    ['empty', run(), 'ok', 2],
    ['ok', run({ rows: 1 }), 'empty', 0],
  ] as const)('is %s', (health, ended, before, emptyRuns) => {
    expect(after(ended, before, emptyRuns)).toBe(health);
  });
});

describe('a notice', () => {
  const problems = [{ field: 'email', code: 'no_match_key', message: 'eve@example.com', count: 7, row: 1 }];
  const error = { code: 'query_failed', message: 'Athena could not run the query.' };

  test.each(healths)('of the state %s names the sync, and the command that shows more', (health) => {
    const ended = run({ rows: 100, sent: 93, rejected: 7, cursor_blocked: 3, problems, error });
    const { subject, text } = noticeOf('prod', 'orders', ended, health, 2);
    expect(subject).toMatch(/^tiktok-events prod: sync orders /);
    expect(text).toContain('npx --no tiktok-events syncs history orders --stage prod');
    expect(text).not.toContain('eve@');
  });

  test('says what happened', () => {
    const textOf = (health: (typeof healths)[number]) =>
      noticeOf(
        'prod',
        'orders',
        run({ rows: 100, sent: 93, rejected: 7, cursor_blocked: 3, problems, error }),
        health,
        2,
      ).text;
    expect(textOf('ok')).toContain('read 100 rows and sent 93 events');
    expect(textOf('failed')).toContain('Athena could not run the query.');
    expect(textOf('blocked')).toContain('3 rows stop the cursor');
    expect(textOf('rejecting')).toContain('rejected 7 of 100 rows.\n- 7 times email no_match_key');
    expect(textOf('empty')).toContain('last 2 runs read no row');
  });
});
