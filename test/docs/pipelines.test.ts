/** docs/pipelines.md: its producer is the one that is compiled, and the gateway reads its messages and settings. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseStage } from '../../lib/config/read-stage.ts';
import { decodeMessage } from '../../lib/queue/message.ts';
import { stageFileWith } from '../template/full-stage.ts';
import { fencedBlocks, readPage } from './pages.ts';

const page = readPage('docs/pipelines.md');

test('shows the producer that is compiled and run', () => {
  const producer = readFileSync(new URL('../template/queues/producer.ts', import.meta.url), 'utf8');
  expect(fencedBlocks(page, 'ts')).toEqual([producer]);
});

test.each(fencedBlocks(page, 'json'))('shows in JSON block %# a message that the consumer reads', (body) => {
  const message = decodeMessage({ body, messageId: 'm-1', sentAtMs: Date.UTC(2026, 10, 22) });
  expect(message).toMatchObject({ event: { event_name: 'Purchase', event_id: 'order-1001' } });
});

test.each(fencedBlocks(page, 'yaml'))('shows in YAML block %# a setting that a stage file takes', (block) => {
  const { pipelines } = parse(block) as { pipelines: Record<string, unknown> };
  const settings = Object.entries(pipelines).map(([name, value]) => [['pipelines', name], value] as const);
  const stage = parseStage(stageFileWith(...settings), 'stages/example.yml');
  expect(stage.pipelines).toMatchObject(pipelines);
});
