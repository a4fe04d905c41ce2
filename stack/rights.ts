/** What the roles of the stack are made of: statements, the customer's key, and the role around them. */
import type { StageSettings } from '../lib/config/stage.ts';
import { policy, type Resource, type Statement, sub } from './cloudformation.ts';

export const allow = (sid: string, actions: readonly string[], resources: readonly unknown[]): Statement => ({
  Sid: sid,
  Effect: 'Allow',
  Action: actions,
  Resource: resources,
});

const keyUses = { sqs: 'Queue', secretsmanager: 'Secrets', dynamodb: 'Table' } as const;

/** A service that encrypts with the customer's key. */
type KeyUser = keyof typeof keyUses;

/** The role may use the KMS key only through the service that needs it. */
export function keyFor(
  { kmsKeyArn }: StageSettings,
  through: KeyUser,
  actions: readonly string[],
): Statement[] {
  if (!kmsKeyArn) return [];
  return [throughService(through, allow(`UseKeyFor${keyUses[through]}`, actions, [kmsKeyArn]))];
}

/** Earlier keys only decrypt: what was written stays encrypted with the key that was current at that time. */
export function previousKeysFor({ previousKmsKeyArns = [] }: StageSettings, through: KeyUser): Statement[] {
  if (previousKmsKeyArns.length === 0) return [];
  const sid = `ReadWithPreviousKeysFor${keyUses[through]}`;
  return [throughService(through, allow(sid, ['kms:Decrypt'], previousKmsKeyArns))];
}

const throughService = (service: KeyUser, statement: Statement): Statement => ({
  ...statement,
  Condition: {
    StringEquals: { 'kms:ViaService': sub(`${service}.\${AWS::Region}.amazonaws.com`) },
  },
});

/**
 * The permissions boundary of the stage file, if there is one, limits the role whatever its policy allows.
 * @param who may take the role
 */
export const role = (
  { permissionsBoundaryArn }: StageSettings,
  { Sid, ...who }: Omit<Statement, 'Effect' | 'Action'>,
  statements: readonly Statement[],
): Resource => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: policy([{ Sid, Effect: 'Allow', ...who, Action: 'sts:AssumeRole' }]),
    Policies: [{ PolicyName: 'work', PolicyDocument: policy(statements) }],
    ...(permissionsBoundaryArn ? { PermissionsBoundary: permissionsBoundaryArn } : {}),
  },
});
