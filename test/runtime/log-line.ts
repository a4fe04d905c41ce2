/** What CloudWatch asks of a line: our own form of log lines, and the Embedded Metric Format as AWS specifies it. */
import * as z from 'zod/mini';

/** Without a level and an RFC 3339 time Lambda's JSON format takes a line for INFO, whatever it says. */
const logLine = z.looseObject({
  level: z.enum(['DEBUG', 'INFO', 'WARN', 'ERROR', 'CRITICAL']),
  timestamp: z.iso.datetime({ offset: true }),
  message: z.string(),
  service: z.literal('tiktok-events'),
  stage: z.literal('example'),
  /** Only the runtime's own console adds it. */
  requestId: z.optional(z.never()),
});

const name = () => z.string().check(z.minLength(1), z.maxLength(1024));
const metrics = z.looseObject({
  _aws: z.object({
    Timestamp: z.int(),
    CloudWatchMetrics: z
      .array(
        z.object({
          Namespace: z.literal('TikTokEvents'),
          Dimensions: z.array(z.array(name()).check(z.maxLength(30))).check(z.minLength(1)),
          Metrics: z
            .array(z.object({ Name: name(), Unit: z.enum(['Count', 'Milliseconds']) }))
            .check(z.minLength(1), z.maxLength(100)),
        }),
      )
      .check(z.minLength(1)),
  }),
});
const metricValue = z.union([z.number(), z.array(z.number()).check(z.minLength(1), z.maxLength(100))]);
const dimensionValue = z.string().check(z.minLength(1), z.maxLength(1024));

export interface Lines {
  readonly logs: z.infer<typeof logLine>[];
  /** Names of the metrics. */
  readonly metrics: string[];
}

/** Throws for a line that CloudWatch would take for something else than it is meant to be. */
export function readLines(lines: readonly string[]): Lines {
  const contents = lines.map((line) => z.looseObject({}).parse(JSON.parse(line)));
  return {
    logs: contents.filter((content) => !('_aws' in content)).map((content) => logLine.parse(content)),
    metrics: contents.filter((content) => '_aws' in content).flatMap(metricNames),
  };
}

function metricNames(content: object): string[] {
  const root = metrics.parse(content);
  const age = Date.now() - root._aws.Timestamp;
  if (Math.abs(age) > 60_000) throw new Error('the time of the metrics is not that of the invocation');
  return root._aws.CloudWatchMetrics.flatMap(({ Dimensions, Metrics }) => {
    for (const dimension of Dimensions.flat()) dimensionValue.parse(root[dimension]);
    for (const { Name } of Metrics) metricValue.parse(root[Name]);
    return Metrics.map(({ Name }) => Name);
  });
}
