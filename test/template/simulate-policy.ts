/** Asks AWS's rules of IAM, simulated offline, whether a policy lets an action through. An action that does not exist throws. */
import { runSimulation } from '@cloud-copilot/iam-simulate';
import { accountId } from './template.ts';

export interface Request {
  readonly action: string;
  readonly resource: string;
  readonly context?: Record<string, string>;
}

/** The usual policy of a customer key, which leaves the decision to the policies of the account. */
const keyPolicy = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${accountId}:root` }, Action: 'kms:*', Resource: '*' },
  ],
};

export async function isAllowed(
  policy: unknown,
  { action, resource, context = {} }: Request,
): Promise<boolean> {
  const result = await runSimulation(
    {
      request: {
        principal: `arn:aws:iam::${accountId}:role/tried`,
        action,
        resource: { resource, accountId: resource.split(':')[4] || accountId },
        contextVariables: context,
      },
      identityPolicies: [{ name: 'tried', policy }],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      ...(action.startsWith('kms:') ? { resourcePolicy: keyPolicy } : {}),
    },
    {},
  );
  if (result.resultType === 'error')
    throw new Error(`${action} ${resource}: ${JSON.stringify(result.errors)}`);
  return result.overallResult === 'Allowed';
}
