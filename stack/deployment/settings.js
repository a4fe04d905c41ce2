/** The settings that only a deployment needs: packaging warns about them, and a deployment without them is rejected. */

export function warnOfSettings({ settings, log }) {
  for (const problem of settings.problems) {
    log.warning(`stages/${settings.stage}.yml: ${problem}. Fix this before you deploy.`);
  }
}

/** What works, and costs more than its author may know: packaging and deployments only say so. */
export function warnOfCosts({ settings, log }) {
  for (const warning of settings.warnings) log.warning(`stages/${settings.stage}.yml: ${warning}.`);
}

export function checkSettings({ settings, refuse }) {
  if (settings.problems.length === 0) return;
  const lines = settings.problems.map((problem) => `  - ${problem}`);
  refuse([`stages/${settings.stage}.yml cannot be deployed:`, ...lines].join('\n'));
}

/** The profile of another account is an easy mistake, and would create a second gateway there. */
export async function checkAccount({ settings, provider, refuse }) {
  if (settings.accountId === undefined) return;
  const signedIn = await provider.getAccountId();
  if (signedIn === settings.accountId) return;
  refuse(
    `stages/${settings.stage}.yml is for the AWS account ${settings.accountId}, but your credentials belong to ${signedIn}: choose another profile (export AWS_PROFILE=…), or correct accountId`,
  );
}
