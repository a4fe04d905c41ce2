/**
 * The additions of this project to a deployment with osls. A deployment that would deploy the wrong thing or fail halfway
 * is rejected before any upload, alarms roll it back, and a failure names its remedy. Plain JavaScript, for the Node of osls.
 */

import { adoptionHint, checkRetained } from './retained.js';
import { rollbackConfiguration } from './rollback-triggers.js';
import { checkAccount, checkSettings, warnOfCosts, warnOfSettings } from './settings.js';
import { runsNewestUpload } from './skipping.js';
import { checkStatus, readStack } from './stack.js';

/**
 * @param {object} context `serverless`; `log` of osls; `settings()`, a promise of `deployment` from stack/compile.ts
 * @returns the hooks of osls, by lifecycle event
 */
export function deploymentHooks({ serverless, log, settings }) {
  const command = () => serverless.processedInput.commands.join(' ');
  const context = async () => {
    const provider = serverless.getProvider('aws');
    const refuse = (message) => {
      throw new serverless.classes.Error(message);
    };
    return { serverless, provider, log, refuse, settings: await settings() };
  };
  const watch = async () => {
    serverless.service.provider.rollbackConfiguration = await rollbackConfiguration(await context());
  };
  return {
    'before:package:createDeploymentArtifacts': async () => {
      warnOfCosts(await context());
      if (command() !== 'deploy') warnOfSettings(await context());
    },
    'before:deploy:deploy': async () => {
      const deployment = await context();
      checkSettings(deployment);
      await checkAccount(deployment);
      const stack = await readStack(deployment);
      checkStatus(deployment, stack);
      await checkRetained(deployment, stack);
    },
    'after:aws:deploy:deploy:checkForChanges': async () => {
      const { provider } = serverless.service;
      if (provider.shouldNotDeploy) provider.shouldNotDeploy = await runsNewestUpload(await context());
    },
    // Not earlier: osls compares the provider's settings with those of the last deployment to see what changed.
    'before:aws:deploy:deploy:updateStack': async () => {
      if (!serverless.service.provider.shouldNotDeploy) await watch();
    },
    'before:rollback:rollback': async () => {
      if (serverless.processedInput.options.timestamp) await watch();
    },
    'before:deploy:function:initialize': async () =>
      (await context()).refuse(
        'A single function cannot be deployed: its code would no longer match the stack. Run "npx osls deploy" to update all functions together.',
      ),
    error: async (error) => {
      if (command() === 'deploy') await adoptionHint(await context(), error);
    },
  };
}
