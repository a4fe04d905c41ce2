/**
 * A double of AWS over HTTP for what a deployment asks: real state, the rules that AWS applies, and AWS's own error for
 * every operation that it does not know. The service is the one that the request was signed for.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cloudFormation } from './cloudformation.ts';
import { answerS3 } from './s3.ts';
import { smallServices } from './small-services.ts';
import { type Input, readQuery, xml } from './wire.ts';
import { AwsError, createWorld, type World } from './world.ts';

/** How a service fails: no answer at all, a 500, or the error for an operation that it does not have. */
export type Outage = 'silent' | 'broken' | 'unknown';

export interface Aws {
  readonly url: string;
  readonly world: World;
  /** `<service> <operation>` in the order of arrival. */
  readonly calls: string[];
  /** Calls of operations that the double does not have. */
  readonly unknown: string[];
  /** By service, or by one call such as `cloudformation GetTemplate`. */
  readonly outages: Map<string, Outage>;
  /** All outages end when this call arrives. */
  outageEndsWith: string | undefined;
  stop(): Promise<void>;
}

interface Request {
  readonly service: string;
  readonly operation: string;
  readonly answer: () => { headers?: Readonly<Record<string, string>>; body?: Buffer | string };
}

const json = 'application/x-amz-json-1.1';

export async function startAws(): Promise<Aws> {
  const aws = {
    world: createWorld(),
    calls: [],
    unknown: [],
    outages: new Map<string, Outage>(),
    outageEndsWith: undefined,
  } as Omit<Aws, 'url' | 'stop'>;
  const server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const service =
      /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(incoming.headers.authorization ?? '')?.[1] ?? 'unsigned';
    respond(aws, incoming, Buffer.concat(chunks), service, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(aws, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

function respond(
  aws: Omit<Aws, 'url' | 'stop'>,
  incoming: IncomingMessage,
  body: Buffer,
  service: string,
  response: ServerResponse,
): void {
  try {
    const { operation, answer } = requestOf(aws.world, incoming, body, service);
    const call = `${service} ${operation}`;
    const outage = aws.outages.get(service) ?? aws.outages.get(call);
    aws.calls.push(call);
    if (aws.outageEndsWith === call) aws.outages.clear();
    if (outage === 'silent') return;
    if (outage === 'broken') throw new AwsError('InternalFailure', 'We encountered an internal error.', 500);
    if (outage === 'unknown') throw new AwsError('UnknownOperationException', 'Unknown operation', 404);
    const { headers = {}, body: content = '' } = answer();
    response.writeHead(200, { 'content-type': contentType(service), ...headers });
    response.end(content);
  } catch (error) {
    const failure = error instanceof AwsError ? error : new AwsError('InternalFailure', String(error), 500);
    if (failure.code === 'UnknownOperation') aws.unknown.push(failure.message);
    writeError(response, service, failure);
  }
}

const isQuery = (service: string) => service === 'cloudformation' || service === 'sts';
const contentType = (service: string) => (isQuery(service) || service === 's3' ? 'text/xml' : json);

function requestOf(world: World, incoming: IncomingMessage, body: Buffer, service: string): Request {
  const url = new URL(incoming.url ?? '/', 'http://aws');
  if (service === 's3')
    return {
      service,
      ...answerS3(world, { method: incoming.method ?? '', url, headers: incoming.headers, body }),
    };
  if (service === 'lambda') {
    const [, name = ''] = /^\/2015-03-31\/functions\/([^/]+)$/.exec(url.pathname) ?? [];
    const isGet = incoming.method === 'GET' && name !== '';
    const operation = isGet ? 'GetFunction' : `${incoming.method} ${url.pathname}`;
    return request(world, service, operation, { FunctionName: decodeURIComponent(name) });
  }
  if (isQuery(service)) {
    const input = readQuery(body.toString('utf8'));
    return request(world, service, String(input.Action), input);
  }
  const operation = String(incoming.headers['x-amz-target']).split('.').at(-1) ?? '';
  return request(world, service, operation, JSON.parse(body.toString('utf8') || '{}') as Input);
}

function request(world: World, service: string, operation: string, input: Input): Request {
  const known = service === 'cloudformation' ? cloudFormation : smallServices[service];
  const perform = known?.[operation];
  if (!perform) throw new AwsError('UnknownOperation', `${service} ${operation}`, 404);
  return {
    service,
    operation,
    answer: () => {
      const output = perform(world, input);
      if (!isQuery(service)) return { body: JSON.stringify(output) };
      return { body: xml({ [`${operation}Response`]: { [`${operation}Result`]: output } }) };
    },
  };
}

function writeError(response: ServerResponse, service: string, { code, message, status }: AwsError): void {
  response.writeHead(status, { 'content-type': contentType(service), 'x-amzn-errortype': code });
  const error = { Code: code, Message: message };
  if (service === 's3')
    response.end(status === 404 && response.req.method === 'HEAD' ? '' : xml({ Error: error }));
  else if (isQuery(service)) response.end(xml({ ErrorResponse: { Error: { Type: 'Sender', ...error } } }));
  else response.end(JSON.stringify({ __type: code, message }));
}
