/** The alarms of a stage: each has a threshold in the stage file and a section in docs/operations.md. */
import type { StageSettings } from '../../lib/config/stage.ts';
import type { Resources } from '../cloudformation.ts';
import { alarm } from './alarm.ts';
import { alarmTopic } from './alarm-topic.ts';
import { edgeWatches } from './edge-watches.ts';
import { eventWatches } from './event-watches.ts';
import { functionWatches } from './function-watches.ts';
import { queueWatches } from './queue-watches.ts';

export function alarms(stage: StageSettings, stageName: string): Resources {
  const watches = Object.entries({
    ...queueWatches(stage, stageName),
    ...eventWatches(stage, stageName),
    ...edgeWatches(stage, stageName),
    ...functionWatches(stage, stageName),
  });
  return {
    ...alarmTopic(stage),
    ...Object.fromEntries(
      watches.map(([name, watch]) => [logicalId(name), alarm(stageName, name, watch, stage.alarms.notify)]),
    ),
  };
}

const logicalId = (name: string) =>
  `Alarm${name.replaceAll(/(^|-)([a-z0-9])/g, (_all, _dash, letter: string) => letter.toUpperCase())}`;
