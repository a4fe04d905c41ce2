/** Finds which log groups a stage has: a stage without webhooks, collector or syncs lacks theirs. */
import { type CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { unavailable } from '../../errors/cli-error.ts';
import { withRight } from './missing-right.ts';

export interface StageGroups {
  readonly client: CloudWatchLogsClient;
  readonly stage: string;
  readonly functionGroups: readonly string[];
  readonly operatorGroup: string;
}

/** @returns those that exist; throws a `CliError` when no function has written yet */
export async function findGroups({
  client,
  stage,
  functionGroups,
  operatorGroup,
}: StageGroups): Promise<string[]> {
  const wanted = [...functionGroups, operatorGroup];
  const prefixes = [commonStart(functionGroups), operatorGroup];
  const lists = await Promise.all(prefixes.map((prefix) => groupsBelow(client, prefix)));
  const found = new Set(lists.flat());
  // The operator's group alone has no story: the stack creates it with the stage.
  if (!functionGroups.some((group) => found.has(group)))
    throw unavailable(`Stage ${stage} has no logs yet: deploy it, or send an event.`);
  return wanted.filter((group) => found.has(group));
}

async function groupsBelow(client: CloudWatchLogsClient, prefix: string): Promise<string[]> {
  const names: string[] = [];
  let nextToken: string | undefined;
  do {
    const command = new DescribeLogGroupsCommand({ logGroupNamePrefix: prefix, nextToken });
    const answer = await withRight('logs:DescribeLogGroups', [], () => client.send(command));
    names.push(...(answer.logGroups ?? []).flatMap(({ logGroupName }) => logGroupName ?? []));
    nextToken = answer.nextToken;
  } while (nextToken !== undefined);
  return names;
}

/** A stage whose name continues this one's can come along; the caller keeps only its own. */
function commonStart([first = '', ...others]: readonly string[]): string {
  let end = first.length;
  while (others.some((other) => !other.startsWith(first.slice(0, end)))) end -= 1;
  return first.slice(0, end);
}
