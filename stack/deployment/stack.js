/** Reads the stack before a deployment, and rejects the states in which AWS would refuse an update halfway. */
import {
  CloudFormationClient,
  DescribeStacksCommand,
  paginateListStackResources,
} from '@aws-sdk/client-cloudformation';

/**
 * @returns name and status of the stack, undefined before the first deployment, and its resources: physical ids by
 *   logical id
 */
export async function readStack({ provider }) {
  const name = provider.naming.getStackName();
  const client = new CloudFormationClient(await provider.getAwsSdkV3Config());
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: name }));
    const resources = new Map();
    for await (const page of paginateListStackResources({ client }, { StackName: name })) {
      for (const resource of page.StackResourceSummaries ?? []) {
        if (resource.ResourceStatus !== 'DELETE_COMPLETE')
          resources.set(resource.LogicalResourceId, resource.PhysicalResourceId);
      }
    }
    return { client, name, status: Stacks[0]?.StackStatus, resources };
  } catch (error) {
    if (!/does not exist/.test(error.message)) throw error;
    return { client, name, status: undefined, resources: new Map() };
  }
}

/** Rejects a deployment in these states and names the remedy; all other states accept an update. */
export function checkStatus({ settings, refuse }, { name, status }) {
  const remove = `Run "npx osls remove --stage ${settings.stage}", then deploy again`;
  const remedies = {
    CREATE_FAILED: `its first deployment failed, and AWS does not update such a stack. ${remove}`,
    ROLLBACK_COMPLETE: `its first deployment failed, and AWS does not update such a stack. ${remove}`,
    ROLLBACK_FAILED: `its first deployment failed, and AWS does not update such a stack. ${remove}`,
    DELETE_FAILED: `its removal failed; the events in the CloudFormation console say which resource and why. ${remove}`,
    REVIEW_IN_PROGRESS: `it waits for a change set that nobody executed. Execute it, or: ${remove.charAt(0).toLowerCase()}${remove.slice(1)}`,
    UPDATE_ROLLBACK_FAILED: `an update failed and could not be undone. Run "aws cloudformation continue-update-rollback --region ${settings.region} --stack-name ${name}", then deploy again`,
  };
  const busy = /_IN_PROGRESS$/.test(status ?? '')
    ? 'another operation is changing it. Wait until it has finished, then deploy again'
    : undefined;
  const remedy = remedies[status] ?? busy;
  if (remedy !== undefined) refuse(`The stack ${name} is in the state ${status}: ${remedy}.`);
}
