/** The part of SNS that publishes notices: its query protocol over HTTP, in memory. */
import { randomUUID } from 'node:crypto';
import { escapeXml } from './escape-xml.ts';
import { createFaultList, type Faults } from './faults.ts';
import { AwsError, type HttpAnswer, startHttpService } from './http-service.ts';

export interface Notice {
  readonly topicArn: string;
  readonly subject?: string | undefined;
  readonly message: string;
}

export interface NoticesSettings {
  /** The topics that exist. */
  readonly topicArns: readonly string[];
  /** Called with each notice. */
  readonly onNotice?: (notice: Notice) => void;
  readonly port?: number;
}

export interface NoticesServer extends Faults {
  readonly url: string;
  /** The notices so far, oldest first. */
  readonly notices: readonly Notice[];
  stop(): Promise<void>;
}

/** SNS's limit for one message, in bytes. */
const maxMessageBytes = 262_144;
const maxBodyBytes = 1024 * 1024;
const maxNotices = 1_000;
/** Printable ASCII, up to 100 characters, that begins with a letter, digit or punctuation. */
const subjectForm = /^[\x21-\x7e][\x20-\x7e]{0,99}$/;

export async function startNotices({ topicArns, onNotice, port }: NoticesSettings): Promise<NoticesServer> {
  const faults = createFaultList();
  const notices: Notice[] = [];
  const publish = (notice: Notice) => {
    notices.push(notice);
    if (notices.length > maxNotices) notices.shift();
    onNotice?.(notice);
  };
  const service = await startHttpService(
    {
      faults,
      maxBodyBytes,
      operationOf: (_, body) => formOf(body).get('Action') ?? '',
      answer: async (_, body) => {
        publish(noticeOf(formOf(body), topicArns));
        return published();
      },
      errorAnswer,
    },
    port,
  );
  return { ...service, notices, fail: faults.fail, heal: faults.heal };
}

const formOf = (body: Buffer): URLSearchParams => new URLSearchParams(body.toString('utf8'));

/** @throws AwsError with the code that SNS gives */
function noticeOf(form: URLSearchParams, topicArns: readonly string[]): Notice {
  if (form.get('Action') !== 'Publish') throw new AwsError('InvalidAction', 'This port publishes only.');
  const topicArn = form.get('TopicArn') ?? '';
  const subject = form.get('Subject') ?? undefined;
  const message = form.get('Message') ?? '';
  if (!topicArns.includes(topicArn)) throw new AwsError('NotFound', 'Topic does not exist');
  if (subject !== undefined && !subjectForm.test(subject))
    throw new AwsError('InvalidParameter', 'Invalid parameter: Subject');
  if (message === '') throw new AwsError('InvalidParameter', 'Invalid parameter: Empty message');
  if (Buffer.byteLength(message) > maxMessageBytes)
    throw new AwsError('InvalidParameter', 'Invalid parameter: Message too long');
  return { topicArn, subject, message };
}

const published = (): HttpAnswer => ({
  status: 200,
  headers: { 'content-type': 'text/xml' },
  body:
    '<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult>' +
    `<MessageId>${randomUUID()}</MessageId></PublishResult>` +
    `<ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></PublishResponse>`,
});

const statuses: Readonly<Record<string, number>> = {
  NotFound: 404,
  AuthorizationError: 403,
  InternalError: 500,
};

const errorAnswer = ({ code, message }: AwsError): HttpAnswer => ({
  status: statuses[code] ?? 400,
  headers: { 'content-type': 'text/xml' },
  body:
    '<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error><Type>Sender</Type>' +
    `<Code>${escapeXml(code)}</Code><Message>${escapeXml(message)}</Message></Error>` +
    `<RequestId>${randomUUID()}</RequestId></ErrorResponse>`,
});
