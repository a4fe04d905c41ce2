/** Counts throttled requests in the access log, because API Gateway has no metric for them. */
import { type Resources, ref } from '../cloudformation.ts';
import { throttledRequests } from '../metrics.ts';
import { compiled } from '../names.ts';

/** Costs nothing until the first 429: without a default value CloudWatch bills the metric only while it has data. */
export function accessLog(stageName: string): Resources {
  const { namespace, name } = throttledRequests(stageName);
  return {
    ThrottledRequestsFilter: {
      Type: 'AWS::Logs::MetricFilter',
      Properties: {
        LogGroupName: ref(compiled.apiLogGroup),
        // serverless.yml writes the status as text.
        FilterPattern: '{ $.status = "429" }',
        MetricTransformations: [{ MetricNamespace: namespace, MetricName: name, MetricValue: '1' }],
      },
    },
  };
}
