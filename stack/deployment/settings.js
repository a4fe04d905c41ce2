/** The settings that only a deployment needs: packaging warns of them, a deployment without them is refused. */

export function warnOfSettings({ settings, log }) {
  for (const problem of settings.problems) {
    log.warning(`stages/${settings.stage}.yml: ${problem}. A deployment is refused until then.`);
  }
}

export function checkSettings({ settings, refuse }) {
  if (settings.problems.length === 0) return;
  const lines = settings.problems.map((problem) => `  - ${problem}`);
  refuse([`stages/${settings.stage}.yml cannot be deployed:`, ...lines].join('\n'));
}

/** A profile of another account is the easiest of mistakes, and would make a second gateway there. */
export async function checkAccount({ settings, provider, refuse }) {
  if (settings.accountId === undefined) return;
  const signedIn = await provider.getAccountId();
  if (signedIn === settings.accountId) return;
  refuse(
    `stages/${settings.stage}.yml is for the AWS account ${settings.accountId}, but your credentials belong to ${signedIn}: choose another profile (export AWS_PROFILE=…), or correct accountId`,
  );
}
