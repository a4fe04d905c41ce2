/** Lambda's view of the account and the consumer: enough concurrency, and a mapping that reads the queue. */
import { stackName } from '../../../lib/config/names.ts';
import { regionOf } from '../../stage/stack-outputs.ts';
import type { Stage } from '../../stage/stage.ts';
import { commandLine, deployCommand } from '../../terminal/command-line.ts';
import type { DoctorCheck } from '../context.ts';
import { fine, problem, warning } from '../finding.ts';

const timeoutMs = 10_000;
/** AWS's default. New accounts often have 10, which one burst of webhooks uses up. */
const usualLimit = 1_000;
const smallLimit = 100;

const quota = (region: string): string =>
  `Ask AWS for 1,000: \`aws service-quotas request-service-quota-increase --region ${region} --service-code lambda --quota-code L-B99A9384 --desired-value 1000\`. Until then, set \`delivery.maximumConcurrency\` to half of what you have and deploy. See docs/deploy.md#before-you-start.`;

export const checkConcurrency: DoctorCheck = async ({ stage }) => {
  if (stage.isLocal) return [];
  const { client, GetAccountSettingsCommand } = await connect(stage);
  const { AccountLimit } = await client.send(new GetAccountSettingsCommand({}), timeout());
  const limit = AccountLimit?.ConcurrentExecutions ?? 0;
  const free = AccountLimit?.UnreservedConcurrentExecutions ?? limit;
  const text = `The account may run ${limit} functions at once in this region, ${free} of them not reserved.`;
  if (limit < smallLimit)
    return [
      warning(
        'concurrency',
        `${text} The usual limit is ${usualLimit}: a burst is refused.`,
        quota(await regionOf(stage.name)),
      ),
    ];
  return [fine('concurrency', text)];
};

export const checkMapping: DoctorCheck = async ({ stage }) => {
  if (stage.isLocal) return [];
  const FunctionName = `${stackName(stage.name)}-deliver`;
  const { client, ListEventSourceMappingsCommand } = await connect(stage);
  const { EventSourceMappings = [] } = await client.send(
    new ListEventSourceMappingsCommand({ FunctionName }),
    timeout(),
  );
  const [mapping] = EventSourceMappings;
  if (mapping === undefined)
    return [
      problem(
        'mapping',
        `No queue is mapped to the function ${FunctionName}.`,
        `Deploy the stage again: ${deployCommand(stage.name)}.`,
      ),
    ];
  const { State = 'unknown', UUID = '' } = mapping;
  if (State === 'Enabled') return [fine('mapping', 'Lambda reads the queue (Enabled).')];
  if (/ing$/.test(State))
    return [
      warning(
        'mapping',
        `The mapping of the queue is changing (${State}).`,
        `Wait a minute, and look again: ${commandLine(`doctor --stage ${stage.name}`)}.`,
      ),
    ];
  return [
    problem(
      'mapping',
      `Lambda does not read the queue: its mapping is ${State}. No event is delivered.`,
      `Enable it: \`aws lambda update-event-source-mapping --uuid ${UUID} --enabled --region ${await regionOf(stage.name)}\`.`,
    ),
  ];
};

async function connect(stage: Stage) {
  const { GetAccountSettingsCommand, LambdaClient, ListEventSourceMappingsCommand } = await import(
    '@aws-sdk/client-lambda'
  );
  const client = new LambdaClient({ region: await regionOf(stage.name), maxAttempts: 3 });
  return { client, GetAccountSettingsCommand, ListEventSourceMappingsCommand };
}

const timeout = () => ({ abortSignal: AbortSignal.timeout(timeoutMs) });
