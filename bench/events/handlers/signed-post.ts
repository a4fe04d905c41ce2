/** The floor of every call to SQS: one request, signed with AWS Signature Version 4, on a connection that stays open. */
import { createHmac, hash } from 'node:crypto';
import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';

/** @returns the parsed answer */
export type SignedPost = (body: string) => Promise<unknown>;

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

const hmac = (key: string | Buffer, data: string): Buffer => createHmac('sha256', key).update(data).digest();

const signedHeaders = 'content-type;host;x-amz-date;x-amz-security-token;x-amz-target';

/** @param url of the queue; https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */
export function createSignedPost(url: string, region: string, credentials: Credentials): SignedPost {
  const { hostname, port, host, pathname } = new URL(url);
  // As many sockets as the SDK opens.
  const agent = new Agent({ keepAlive: true, maxSockets: 50 });
  const target = 'AmazonSQS.SendMessageBatch';
  const contentType = 'application/x-amz-json-1.0';
  const keyOf = createSigningKeys(region, credentials.secretAccessKey);

  return async (body) => {
    const time = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
    const day = time.slice(0, 8);
    const scope = `${day}/${region}/sqs/aws4_request`;
    const canonical = [
      'POST',
      pathname,
      '',
      `content-type:${contentType}`,
      `host:${host}`,
      `x-amz-date:${time}`,
      `x-amz-security-token:${credentials.sessionToken}`,
      `x-amz-target:${target}`,
      '',
      signedHeaders,
      hash('sha256', body, 'hex'),
    ].join('\n');
    const toSign = `AWS4-HMAC-SHA256\n${time}\n${scope}\n${hash('sha256', canonical, 'hex')}`;
    const signature = createHmac('sha256', keyOf(day)).update(toSign).digest('hex');
    const headers = {
      host,
      'content-type': contentType,
      'content-length': Buffer.byteLength(body),
      'x-amz-date': time,
      'x-amz-security-token': credentials.sessionToken,
      'x-amz-target': target,
      authorization: `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope}, SignedHeaders=${signedHeaders}, Signature=${signature}`,
    };
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    request({ agent, hostname, port, path: pathname, method: 'POST', headers }, (response) => {
      text(response).then(resolve, reject);
    })
      .on('error', reject)
      .end(body);
    return JSON.parse(await promise);
  };
}

/** A signing key is the same for a day. */
function createSigningKeys(region: string, secretAccessKey: string): (day: string) => Buffer {
  let kept: { readonly day: string; readonly key: Buffer } | undefined;
  return (day) => {
    if (kept?.day !== day) {
      const ofDay = hmac(`AWS4${secretAccessKey}`, day);
      kept = { day, key: hmac(hmac(hmac(ofDay, region), 'sqs'), 'aws4_request') };
    }
    return kept.key;
  };
}
