/** Types and helpers for CloudFormation that all files of the stack share. */

export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DependsOn?: readonly string[];
  readonly DeletionPolicy?: 'RetainExceptOnCreate';
  readonly UpdateReplacePolicy?: 'Retain';
}

/**
 * Keeps a resource, with what it contains, when the stack is removed, when the resource leaves the template (also by
 * `osls rollback`) and when it is replaced. Only the operation that creates it deletes it again if it fails: a resource
 * that a failed deployment left behind would make the next one fail with "already exists".
 */
export const retained = {
  DeletionPolicy: 'RetainExceptOnCreate',
  UpdateReplacePolicy: 'Retain',
} as const;

export type Resources = Readonly<Record<string, Resource>>;

export interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: unknown;
  readonly Action: string | readonly string[];
  readonly Resource?: unknown;
  readonly Condition?: unknown;
}

export const ref = (logicalId: string) => ({ Ref: logicalId });
export const arnOf = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });
export const sub = (template: string) => ({ 'Fn::Sub': template });
export const policy = (statements: readonly Statement[]) => ({
  Version: '2012-10-17',
  Statement: statements,
});

/** A logical id may have letters and digits only; different names stay different. */
export function logicalName(name: string): string {
  const spelled = name.replaceAll('-', 'Dash').replaceAll('_', 'Underscore');
  return spelled.charAt(0).toUpperCase() + spelled.slice(1);
}
