/**
 * The local SQS port only accepts the AWS JSON protocol, which a web page cannot send without a preflight request. It
 * refuses form bodies, which any page can send: the queue server would read them as SNS.
 */
import { randomUUID } from 'node:crypto';
import type { RequestListener, ServerResponse } from 'node:http';
import type { Refusal } from '../loopback-guard.ts';

const awsJson = /^application\/x-amz-json-1\.0\s*(?:;|$)/i;
const form = /^application\/x-www-form-urlencoded\s*(?:;|$)/i;

const protocolDetail =
  'This port takes the AWS JSON protocol of SQS only: POST with application/x-amz-json-1.0. ' +
  'Update the AWS SDK or AWS CLI that sends forms, the query protocol of older versions.';

/** Puts the check of the protocol in front of the queue server. */
export const onlyAwsJson =
  (listener: RequestListener): RequestListener =>
  (request, response) => {
    const type = request.headers['content-type'] ?? '';
    if (request.method === 'POST' && awsJson.test(type)) return listener(request, response);
    if (form.test(type)) return writeQueryError(response);
    writeError(response, 415, 'UnsupportedProtocol', protocolDetail);
  };

export const refuseForeign = (response: ServerResponse, { detail }: Refusal): void =>
  writeError(response, 403, 'AccessDeniedException', detail);

function writeError(response: ServerResponse, status: number, type: string, message: string): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
  response.end(JSON.stringify({ __type: `com.amazonaws.sqs#${type}`, message }));
}

/** Answers in the old query protocol, so that an old SDK shows the message. */
function writeQueryError(response: ServerResponse): void {
  response.writeHead(415, { 'content-type': 'text/xml' });
  response.end(
    '<ErrorResponse><Error><Type>Sender</Type><Code>UnsupportedProtocol</Code>' +
      `<Message>${protocolDetail}</Message></Error><RequestId>${randomUUID()}</RequestId></ErrorResponse>`,
  );
}
