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
export async function isAllowed(policies: unknown, request: Request): Promise<boolean> {
  const question = JSON.stringify([policies, request]);
  const answer = answers.get(question) ?? simulate(policies, request);
  answers.set(question, answer);
  return await answer;
}

/** By policies and request: the handlers of CloudFormation ask for the same actions again and again. */
const answers = new Map<string, Promise<boolean>>();

async function simulate(
  policies: unknown,
  { action, resource, context = {}, boundary }: Request,
): Promise<boolean> {
  const attached = [policies].flat().map((policy, index) => ({ name: `tried ${index}`, policy }));
  const around = boundary ? [{ name: 'boundary', policy: boundary }] : [];
  const simulation = {
    request: {
      principal: `arn:aws:iam::${accountId}:role/tried`,
      action,
      resource: { resource, accountId: resource.split(':')[4] || accountId },
      contextVariables: context,
    },
    identityPolicies: attached.map(validatedOnce),
    ...(boundary ? { permissionBoundaryPolicies: around.map(validatedOnce) } : {}),
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    ...(action.startsWith('kms:') ? { resourcePolicy: keyPolicy } : {}),
  };
  // The simulator's tables lack the paths of HTTP APIs: these requests go without the check that they exist.
  if (action.startsWith('apigateway:')) return runUnsafeSimulation(simulation, {}) === 'Allowed';
  const result = await runSimulation(simulation, {});
  if (result.resultType === 'error')
    throw new Error(`${action} ${resource}: ${JSON.stringify(result.errors)}`);
  for (const { policy } of [...attached, ...around]) validated.add(JSON.stringify(policy));
  return result.overallResult === 'Allowed';
}

/** Policies in which the simulator found no fault. */
const validated = new Set<string>();

/** Checking a policy takes the simulator ten times as long as asking it: it skips the check of what carries this mark. */
function validatedOnce({ name, policy }: { readonly name: string; readonly policy: unknown }) {
  const isKnown = validated.has(JSON.stringify(policy));
  return { name, policy: isKnown ? { __validated: true, policyDocument: policy, errors: [] } : policy };
}

/** The policies of docs/deploy.md for CI, as files of `stack/ci/`; their account is the one of the tests. */
export const ciPolicy = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../stack/ci/${name}.json`, import.meta.url), 'utf8'));

/** @returns the requests that no policy lets through, as `action resource` */
export async function refusedOf(policies: unknown, requests: readonly Request[]): Promise<string[]> {
  return await namesOf(policies, requests, false);
}

/** @returns the requests that come out allowed, as `action resource` */
export async function allowedOf(policies: unknown, requests: readonly Request[]): Promise<string[]> {
  return await namesOf(policies, requests, true);
}

async function namesOf(policies: unknown, requests: readonly Request[], wanted: boolean): Promise<string[]> {
  const names: string[] = [];
  // One after the other: only then does the first request check the policies for all others.
  for (const request of requests)
    if ((await isAllowed(policies, request)) === wanted) names.push(`${request.action} ${request.resource}`);
  return names;
}
