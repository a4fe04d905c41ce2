/** Runs `trigger` against a gateway of this machine, and finds what TikTok's sandbox received. */
import { eventually } from '../../support/eventually.ts';
import { type GatewayProcess, startGatewayProcess } from '../../support/gateway/gateway-process.ts';
import { type CliRun, runCli } from '../support/run-cli.ts';

/** The result of `trigger --json`. */
export interface TriggerResult {
  readonly source: string;
  readonly url: string;
  readonly accepted: number;
  readonly skipped: readonly string[];
  readonly channel?: string;
  readonly events?: readonly { readonly event_name: string; readonly event_id: string }[];
}

export interface PrintedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly before?: readonly PrintedRequest[];
}

export async function startTriggers() {
  const gateway = await startGatewayProcess();
  const { queueUrl } = (await (await fetch(`${gateway.url}/_sandbox/info`)).json()) as { queueUrl: string };
  const env = { PORT: new URL(gateway.url).port, SQS_PORT: new URL(queueUrl).port };
  const run = (args: readonly string[], input = ''): Promise<CliRun> =>
    runCli(['trigger', ...args], { env, input });
  const json = async <Result = TriggerResult>(args: readonly string[], input = '') => {
    const { code, stdout, stderr } = await run([...args, '--json'], input);
    if (stdout === '') throw new Error(stderr);
    return { code, ...(JSON.parse(stdout) as Result) };
  };
  return {
    gateway,
    env,
    run,
    json,
    print: (args: readonly string[], input = '') => json<PrintedRequest>([...args, '--print'], input),
    delivered: (id: string | undefined) => deliveredTo(gateway, id),
    stop: () => gateway.stop(),
  };
}

/** Waits until the sandbox has the event. */
async function deliveredTo(
  gateway: GatewayProcess,
  id: string | undefined,
): Promise<Record<string, unknown>> {
  const find = async () =>
    (await gateway.requests()).flatMap(({ body }) => body.data).find((event) => event.event_id === id);
  return { ...(await eventually(find)) };
}

export type Triggers = Awaited<ReturnType<typeof startTriggers>>;
