/**
 * osls skips a deployment when the newest upload has the bytes of the local project. After a rollback, by hand or by
 * an alarm, the stack does not run the newest upload, so the deployment must take place.
 */
import { CloudFormationClient, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import { questionsTo } from './ask.js';

/**
 * @returns whether the functions of the stack come from the newest upload in the deployment bucket; also true when
 *   CloudFormation does not answer, because osls alone would skip then
 */
export async function runsNewestUpload({ serverless, provider, log }) {
  try {
    const ask = await questionsTo(CloudFormationClient, provider);
    const StackName = provider.naming.getStackName();
    const { TemplateBody } = await ask(new GetTemplateCommand({ StackName, TemplateStage: 'Original' }));
    // The plugin of osls that has just compared the same uploads.
    const deploy = serverless.pluginManager.plugins.find(({ getMostRecentObjects }) => getMostRecentObjects);
    const [newest] = await deploy.getMostRecentObjects();
    return (
      newest !== undefined && TemplateBody.includes(newest.Key.slice(0, newest.Key.lastIndexOf('/') + 1))
    );
  } catch (error) {
    log.warning(
      `CloudFormation does not say which upload runs (${error.name}). After a rollback, add --force to deploy again.`,
    );
    return true;
  }
}
