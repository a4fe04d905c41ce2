/** The state of one AWS account and region in memory, and the errors that its services answer. */
import { accountId, region, type Template } from '../../template/template.ts';

/** An error as AWS answers it; `code` is what a client compares. */
export class AwsError extends Error {
  override readonly name = 'AwsError';
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

export const validationError = (message: string) => new AwsError('ValidationError', message);

export interface StackEvent {
  readonly id: string;
  readonly logicalId: string;
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
}

export interface RollbackConfiguration {
  readonly triggers: readonly string[];
  readonly minutes: number;
}

export interface ChangeSet {
  readonly name: string;
  readonly type: 'CREATE' | 'UPDATE' | 'IMPORT';
  readonly template: Template;
  readonly body: string;
  readonly changed: readonly string[];
  /** Physical ids of what is imported, by logical id. */
  readonly imports: ReadonlyMap<string, string>;
  readonly rollback?: RollbackConfiguration;
  readonly status: 'CREATE_COMPLETE' | 'FAILED';
  readonly reason?: string;
}

export interface Stack {
  readonly id: string;
  readonly name: string;
  status: string;
  body: string;
  template: Template;
  rollback: RollbackConfiguration;
  isProtected: boolean;
  /** Physical ids by logical id. */
  readonly resources: Map<string, string>;
  readonly changeSets: Map<string, ChangeSet>;
  /** Newest last. */
  readonly events: StackEvent[];
}

export interface StoredObject {
  readonly body: Buffer;
  readonly metadata: Readonly<Record<string, string>>;
  readonly modified: Date;
}

/** A thing with a name of its own, whether it belongs to a stack or outlived one. */
export interface Thing {
  readonly type: string;
  readonly name: string;
  readonly physicalId: string;
  owner: string | undefined;
  updates: number;
  modified: Date;
}

export interface Fault {
  readonly logicalId: string;
  readonly reason: string;
}

export function createWorld() {
  return {
    accountId,
    region,
    stacks: new Map<string, Stack>(),
    buckets: new Map<string, Map<string, StoredObject>>(),
    /** By type and name: see `keyOf`. */
    things: new Map<string, Thing>(),
    redAlarms: new Set<string>(),
    secretsBeingDeleted: new Set<string>(),
    /** This resource fails once. */
    fault: undefined as Fault | undefined,
    /** Alarms that turn red while the next update runs. */
    turningRed: [] as string[],
  };
}

export type World = ReturnType<typeof createWorld>;

export const keyOf = (type: string, name: string): string => `${type} ${name}`;

export function thing(world: World, type: string, name: string): Thing | undefined {
  return world.things.get(keyOf(type, name));
}

export function stackOf(world: World, nameOrId: string): Stack {
  const name = nameOrId.startsWith('arn:') ? nameOrId.split('/')[1] : nameOrId;
  const stack = world.stacks.get(name ?? '');
  if (!stack) throw validationError(`Stack with id ${nameOrId} does not exist`);
  return stack;
}
