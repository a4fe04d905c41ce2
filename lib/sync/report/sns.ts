/** The one file that calls SNS: it publishes notices on the topic of the alarms, in bounded time. */
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';

export interface Publisher {
  publish(topicArn: string, subject: string, text: string): Promise<void>;
}

const timeouts = { connectionTimeout: 3_000, requestTimeout: 10_000, throwOnRequestTimeout: true };

export function createPublisher(): Publisher {
  let client: SNSClient | undefined;
  return {
    async publish(TopicArn, Subject, Message) {
      client ??= new SNSClient({ maxAttempts: 4, requestHandler: timeouts });
      await client.send(new PublishCommand({ TopicArn, Subject, Message }));
    },
  };
}
