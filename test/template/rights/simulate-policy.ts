/** Asks AWS's rules of IAM, simulated offline, whether a policy lets an action through. An action that does not exist throws. */
import { readFileSync } from 'node:fs';
import { runSimulation, runUnsafeSimulation } from '@cloud-copilot/iam-simulate';
import { accountId } from '../template.ts';

export interface Request {
  readonly action: string;
  readonly resource: string;
  readonly context?: Record<string, string | string[]>;
  /** A permissions boundary around the policies. */
  readonly boundary?: unknown;
}

/** The usual policy of a customer key, which leaves the decision to the policies of the account. */
const keyPolicy = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${accountId}:root` }, Action: 'kms:*', Resource: '*' },
  ],
};

/** @param policies one policy, or all that are attached */
export async function isAllowed(
  policies: unknown,
  { action, resource, context = {}, boundary }: Request,
): Promise<boolean> {
  const simulation = {
    request: {
      principal: `arn:aws:iam::${accountId}:role/tried`,
      action,
      resource: { resource, accountId: resource.split(':')[4] || accountId },
      contextVariables: context,
    },
    identityPolicies: [policies].flat().map((policy, index) => ({ name: `tried ${index}`, policy })),
    ...(boundary ? { permissionBoundaryPolicies: [{ name: 'boundary', policy: boundary }] } : {}),
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    ...(action.startsWith('kms:') ? { resourcePolicy: keyPolicy } : {}),
  };
  // The simulator's tables lack the paths of HTTP APIs: these requests go without the check that they exist.
  if (action.startsWith('apigateway:')) return runUnsafeSimulation(simulation, {}) === 'Allowed';
  const result = await runSimulation(simulation, {});
  if (result.resultType === 'error')
    throw new Error(`${action} ${resource}: ${JSON.stringify(result.errors)}`);
  return result.overallResult === 'Allowed';
}

/** The policies of docs/deploy.md for CI, as files of `stack/ci/`; their account is the one of the tests. */
export const ciPolicy = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../stack/ci/${name}.json`, import.meta.url), 'utf8'));

/** @returns the requests that no policy lets through, as `action resource` */
export async function refusedOf(policies: unknown, requests: readonly Request[]): Promise<string[]> {
  const answers = await Promise.all(requests.map((request) => isAllowed(policies, request)));
  return requests.flatMap(({ action, resource }, index) => (answers[index] ? [] : [`${action} ${resource}`]));
}

/** @returns the requests that come out allowed, as `action resource` */
export async function allowedOf(policies: unknown, requests: readonly Request[]): Promise<string[]> {
  const answers = await Promise.all(requests.map((request) => isAllowed(policies, request)));
  return requests.flatMap(({ action, resource }, index) => (answers[index] ? [`${action} ${resource}`] : []));
}
