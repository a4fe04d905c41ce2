/** The AWS JSON protocol for the stand-ins of AWS services. */
import { randomUUID } from 'node:crypto';
import { isObject } from '../../lib/schema/is-object.ts';
import { parseJson } from '../../lib/schema/parse-json.ts';
import type { FaultList } from './faults.ts';
import { AwsError, type HttpAnswer, type HttpService, startHttpService } from './http-service.ts';

export type Input = Readonly<Record<string, unknown>>;

export interface JsonServiceSettings {
  /** What stands before the operation in `X-Amz-Target`, such as `AmazonAthena`. */
  readonly target: string;
  readonly faults: FaultList;
  /** @throws AwsError, which becomes the answer */
  answer(operation: string, input: Input): Promise<object>;
}

const maxBodyBytes = 1024 * 1024;
/** AWS answers 500 for these errors, which the SDK retries, and 400 for all others. */
const serverErrors = new Set(['InternalServerException', 'InternalServerError', 'ServiceUnavailable']);

/** @param port 0 takes a free one */
export const startJsonService = (
  { target, faults, answer }: JsonServiceSettings,
  port?: number,
): Promise<HttpService> =>
  startHttpService(
    {
      faults,
      maxBodyBytes,
      operationOf: ({ headers }) => targetOf(headers['x-amz-target']).operation,
      answer: async ({ headers }, body) => {
        const { service, operation } = targetOf(headers['x-amz-target']);
        if (service !== target) throw new AwsError('UnknownOperationException', 'This is another service.');
        const input = parseJson(body.toString('utf8'));
        if (!isObject(input))
          throw new AwsError('SerializationException', 'The request is not a JSON object.');
        return jsonAnswer(200, await answer(operation, input));
      },
      errorAnswer: jsonError,
    },
    port,
  );

function targetOf(header: unknown): { readonly service: string; readonly operation: string } {
  const [service = '', operation = ''] = String(header ?? '').split('.', 2);
  return { service, operation };
}

const jsonError = ({ code, message, details }: AwsError): HttpAnswer =>
  jsonAnswer(serverErrors.has(code) ? 500 : 400, { __type: code, ...details, Message: message });

const jsonAnswer = (status: number, answer: object): HttpAnswer => ({
  status,
  headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': randomUUID() },
  body: JSON.stringify(answer),
});
