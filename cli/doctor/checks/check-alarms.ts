/** Checks that alarms reach a person: the alarm topic has subscriptions, and they are confirmed. */
import { stageFileName } from '../../../lib/config/stage-file.ts';
import { describeStack, regionOf } from '../../stage/stack-outputs.ts';
import { readStageFile } from '../../stage/stage-file.ts';
import { deployCommand } from '../../terminal/command-line.ts';
import type { DoctorCheck } from '../context.ts';
import { fine, problem, warning } from '../finding.ts';

const timeoutMs = 10_000;
const subject = 'alarms';

export const checkAlarms: DoctorCheck = async ({ stage }) => {
  if (stage.isLocal) return [];
  const { Outputs = [] } = await describeStack(stage.name);
  const topicArn = Outputs.find(({ OutputKey }) => OutputKey === 'AlarmTopicArn')?.OutputValue;
  if (topicArn === undefined)
    return [
      problem(
        subject,
        'The stack has no output AlarmTopicArn.',
        `Deploy the stage again: ${deployCommand(stage.name)}.`,
      ),
    ];
  const region = await regionOf(stage.name);
  const subscriptions = await subscriptionsOf(topicArn, region);
  const isPending = (arn: string) => !arn.startsWith('arn:');
  const pending = subscriptions.filter(isPending).length;
  const confirmed = subscriptions.length - pending;
  if (pending > 0)
    return [
      warning(
        subject,
        `${confirmed} confirmed, ${pending} pending: who has not confirmed gets no alarm.`,
        `Open the mail "AWS Notification - Subscription Confirmation" and follow its link. Without that mail (it expires after 3 days) subscribe again: ${subscribe(topicArn, region)}.`,
      ),
    ];
  if (confirmed > 0) return [fine(subject, `Subscriptions of the alarm topic: ${confirmed}, all confirmed.`)];
  if (readStageFile(stage.name)?.getIn(['alarms', 'subscribedElsewhere']) === true)
    return [fine(subject, 'The stage file says that the alarm topic is subscribed elsewhere.')];
  return [
    warning(
      subject,
      'The alarm topic has no subscription, so no alarm reaches a person.',
      `Set alarms.email in ${stageFileName(stage.name)} and run ${deployCommand(stage.name)}, or subscribe: ${subscribe(topicArn, region)}.`,
    ),
  ];
};

const subscribe = (topicArn: string, region: string): string =>
  `\`aws sns subscribe --topic-arn ${topicArn} --protocol email --notification-endpoint you@example.com --region ${region}\``;

/** The ARNs of the first 100 subscriptions; `PendingConfirmation` in place of one that is not confirmed. */
async function subscriptionsOf(TopicArn: string, region: string): Promise<readonly string[]> {
  const { ListSubscriptionsByTopicCommand, SNSClient } = await import('@aws-sdk/client-sns');
  const client = new SNSClient({ region, maxAttempts: 3 });
  try {
    const { Subscriptions = [] } = await client.send(new ListSubscriptionsByTopicCommand({ TopicArn }), {
      abortSignal: AbortSignal.timeout(timeoutMs),
    });
    return Subscriptions.map(({ SubscriptionArn = '' }) => SubscriptionArn).filter(
      (arn) => arn !== 'Deleted',
    );
  } finally {
    client.destroy();
  }
}
