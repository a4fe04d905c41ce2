/**
 * The alarms that roll an update back: those of the stack that exist and are not red, because a missing alarm fails
 * the whole update (AWS, API reference of RollbackTrigger) and a red one would stop the very update that fixes it.
 */
import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { questionsTo } from './ask.js';

/** @returns CloudFormation's RollbackConfiguration; an empty one clears it, because an absent one would keep the last one */
export async function rollbackConfiguration(context) {
  const { minutes } = context.settings.rollbackOnAlarm;
  const alarms = minutes === undefined ? [] : await usableAlarms(context);
  return {
    RollbackTriggers: alarms.map((alarm) => ({ Arn: alarm.AlarmArn, Type: 'AWS::CloudWatch::Alarm' })),
    MonitoringTimeInMinutes: alarms.length > 0 ? minutes : 0,
  };
}

async function usableAlarms({ settings, provider, log }) {
  try {
    const ask = await questionsTo(CloudWatchClient, provider);
    const { MetricAlarms = [] } = await ask(
      new DescribeAlarmsCommand({ AlarmNames: settings.rollbackOnAlarm.alarms }),
    );
    const isRed = (alarm) => alarm.StateValue === 'ALARM';
    for (const { AlarmName } of MetricAlarms.filter(isRed)) {
      log.warning(`The alarm ${AlarmName} is red already: it does not roll this update back.`);
    }
    return MetricAlarms.filter((alarm) => !isRed(alarm));
  } catch (error) {
    log.warning(`CloudWatch does not answer (${error.name}): no alarm rolls this update back.`);
    return [];
  }
}
