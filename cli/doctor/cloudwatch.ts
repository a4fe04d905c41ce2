/** Reads one metric of CloudWatch by its query API, signed with AWS Signature Version 4: all that is needed of it here. */
import { createHash, createHmac } from 'node:crypto';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

export interface MetricQuestion {
  readonly region: string;
  readonly credentials: Credentials;
  readonly namespace: string;
  readonly name: string;
  readonly statistic: 'Sum' | 'Maximum';
  readonly dimensions: Readonly<Record<string, string>>;
  readonly fromMs: number;
  readonly toMs: number;
  readonly periodSeconds: number;
}

export interface Point {
  readonly atMs: number;
  readonly value: number;
}

const timeoutMs = 10_000;

/** Throws when CloudWatch cannot be reached, or refuses. AWS_ENDPOINT_URL_CLOUDWATCH names another place. */
export async function readMetric(question: MetricQuestion): Promise<Point[]> {
  const { region, statistic } = question;
  const url = new URL(
    process.env.AWS_ENDPOINT_URL_CLOUDWATCH ?? `https://monitoring.${region}.amazonaws.com/`,
  );
  const body = toForm(question).toString();
  const headers = sign({ url, body, region, credentials: question.credentials, at: new Date() });
  const response = await fetch(url, {
    method: 'POST',
    headers,
    body,
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  });
  const text = await response.text();
  if (response.ok) return readPoints(text, statistic);
  const code = /<Code>(\w+)<\/Code>/.exec(text)?.[1] ?? `HTTP ${response.status}`;
  throw Object.assign(new Error('CloudWatch refused the question'), { name: code });
}

function toForm(question: MetricQuestion): URLSearchParams {
  const form = new URLSearchParams({
    Action: 'GetMetricStatistics',
    Version: '2010-08-01',
    Namespace: question.namespace,
    MetricName: question.name,
    StartTime: new Date(question.fromMs).toISOString(),
    EndTime: new Date(question.toMs).toISOString(),
    Period: String(question.periodSeconds),
    'Statistics.member.1': question.statistic,
  });
  for (const [index, [name, value]] of Object.entries(question.dimensions).entries()) {
    form.set(`Dimensions.member.${index + 1}.Name`, name);
    form.set(`Dimensions.member.${index + 1}.Value`, value);
  }
  return form;
}

/** The answer is a flat list of `<member>`; nothing in it nests. */
function readPoints(xml: string, statistic: string): Point[] {
  return [...xml.matchAll(/<member>([\s\S]*?)<\/member>/g)].flatMap(([, member = '']) => {
    const at = /<Timestamp>([^<]+)</.exec(member)?.[1] ?? '';
    const value = new RegExp(`<${statistic}>([^<]+)<`).exec(member)?.[1] ?? '';
    const point = { atMs: Date.parse(at), value: Number(value) };
    return Number.isNaN(point.atMs) || value === '' ? [] : [point];
  });
}

interface Request {
  readonly url: URL;
  readonly body: string;
  readonly region: string;
  readonly credentials: Credentials;
  readonly at: Date;
}

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** The headers of a signed POST of a form (AWS General Reference, Signature Version 4). */
export function sign({ url, body, region, credentials, at }: Request): Record<string, string> {
  const time = at.toISOString().replaceAll(/[-:]|\.\d{3}/g, '');
  const scope = `${time.slice(0, 8)}/${region}/monitoring/aws4_request`;
  const headers: Record<string, string> = {
    'content-type': 'application/x-www-form-urlencoded',
    host: url.host,
    'x-amz-date': time,
    ...(credentials.sessionToken !== undefined && { 'x-amz-security-token': credentials.sessionToken }),
  };
  const names = Object.keys(headers);
  const canonical = names.map((name) => `${name}:${headers[name]}\n`).join('');
  const request = ['POST', url.pathname, '', canonical, names.join(';'), hash(body)].join('\n');
  const key = [time.slice(0, 8), region, 'monitoring', 'aws4_request'].reduce<string | Buffer>(
    hmac,
    `AWS4${credentials.secretAccessKey}`,
  );
  const signature = hmac(key, ['AWS4-HMAC-SHA256', time, scope, hash(request)].join('\n')).toString('hex');
  const { host: _, ...sent } = headers;
  return {
    ...sent,
    authorization: `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`,
  };
}
