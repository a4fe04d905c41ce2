/**
 * osls skips a deployment when the newest upload has the bytes of the local project. After a rollback, by hand or by
 * an alarm, the newest upload is not what runs: the deployment must take place.
 */
import { CloudFormationClient, GetTemplateCommand } from '@aws-sdk/client-cloudformation';

/** @returns whether the functions of the stack come from the newest upload in the deployment bucket */
export async function runsNewestUpload({ serverless, provider }) {
  const client = new CloudFormationClient(await provider.getAwsSdkV3Config());
  const StackName = provider.naming.getStackName();
  const { TemplateBody } = await client.send(
    new GetTemplateCommand({ StackName, TemplateStage: 'Original' }),
  );
  // The plugin of osls that has just compared the same uploads.
  const deploy = serverless.pluginManager.plugins.find(({ getMostRecentObjects }) => getMostRecentObjects);
  const [newest] = await deploy.getMostRecentObjects();
  return newest !== undefined && TemplateBody.includes(newest.Key.slice(0, newest.Key.lastIndexOf('/') + 1));
}
