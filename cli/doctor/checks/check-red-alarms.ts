/** The alarms of the stage that are red now, each with its section of the runbook. */
import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { stackName } from '../../../lib/config/names.ts';
import { describeStack, regionOf } from '../../stage/stack-outputs.ts';
import { durationText } from '../../terminal/duration-text.ts';
import { plural } from '../../terminal/plural.ts';
import type { DoctorCheck } from '../context.ts';
import { fine, problem } from '../finding.ts';

const subject = 'red alarms';
const timeoutMs = 10_000;

export const checkRedAlarms: DoctorCheck = async ({ stage, now }) => {
  if (stage.isLocal) return [];
  const prefix = `${stackName(stage.name)}-`;
  const { Outputs = [] } = await describeStack(stage.name);
  const topicArn = Outputs.find(({ OutputKey }) => OutputKey === 'AlarmTopicArn')?.OutputValue;
  // `tiktok-events-prod-` is also the prefix of a stage `prod-eu`, whose alarms go to another topic.
  const red = (await redAlarms(prefix, await regionOf(stage.name))).filter(
    ({ AlarmActions = [] }) => topicArn !== undefined && AlarmActions.includes(topicArn),
  );
  if (red.length === 0) return [fine(subject, 'No alarm is red.')];
  const names = red.map((alarm) => describe(alarm, prefix, now()));
  const sections = new Set(red.map((alarm) => runbookOf(alarm, prefix)));
  return [
    problem(
      subject,
      `${plural(red.length, 'alarm')} ${red.length === 1 ? 'is' : 'are'} red: ${names.join(', ')}.`,
      `See ${[...sections].join(' and ')}.`,
    ),
  ];
};

const nameOf = ({ AlarmName = '' }: MetricAlarm, prefix: string): string =>
  AlarmName.startsWith(prefix) ? AlarmName.slice(prefix.length) : AlarmName;

function describe(alarm: MetricAlarm, prefix: string, nowMs: number): string {
  const sinceMs = alarm.StateTransitionedTimestamp?.getTime() ?? alarm.StateUpdatedTimestamp?.getTime();
  const since = sinceMs === undefined ? '' : ` for ${durationText(nowMs - sinceMs)}`;
  return `${nameOf(alarm, prefix)}${since}`;
}

/** The stack writes the section into the description of each alarm. */
const runbookOf = (alarm: MetricAlarm, prefix: string): string =>
  /docs\/operations\.md#[a-z-]+/.exec(alarm.AlarmDescription ?? '')?.[0] ??
  `docs/operations.md#${nameOf(alarm, prefix)}`;

/** A stage has about 30 alarms; one answer has up to 100. */
async function redAlarms(AlarmNamePrefix: string, region: string): Promise<readonly MetricAlarm[]> {
  const { CloudWatchClient, DescribeAlarmsCommand } = await import('@aws-sdk/client-cloudwatch');
  const client = new CloudWatchClient({ region, maxAttempts: 3 });
  const command = new DescribeAlarmsCommand({ AlarmNamePrefix, StateValue: 'ALARM', MaxRecords: 100 });
  try {
    const { MetricAlarms = [] } = await client.send(command, { abortSignal: AbortSignal.timeout(timeoutMs) });
    return MetricAlarms;
  } finally {
    client.destroy();
  }
}
