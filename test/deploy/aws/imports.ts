/** The rules of an import (AWS, "Import AWS resources into a CloudFormation stack"). */
import type { Template } from '../../template/template.ts';
import { changedBetween } from './template-rules.ts';
import type { Input } from './wire.ts';
import { type Stack, validationError, type World } from './world.ts';

/** Each with a DeletionPolicy, each existing and free; nothing else may change. */
export function checkedImports(
  world: World,
  stack: Stack,
  template: Template,
  input: Input,
): Map<string, string> {
  const resources = (Array.isArray(input.ResourcesToImport) ? input.ResourcesToImport : []) as Input[];
  if (resources.length === 0)
    throw validationError('You must specify ResourcesToImport when ChangeSetType is IMPORT');
  const imports = new Map<string, string>();
  for (const { LogicalResourceId, ResourceType, ResourceIdentifier } of resources) {
    const logicalId = String(LogicalResourceId);
    const resource = template.Resources[logicalId];
    if (resource?.Type !== ResourceType)
      throw validationError(
        `Resource [${logicalId}] of ResourcesToImport is not in the template with that type`,
      );
    if (resource?.DeletionPolicy === undefined)
      throw validationError(`Resources [${logicalId}] is missing DeletionPolicy attribute in the template`);
    const entry = Object.values(readIdentifier(ResourceIdentifier))[0] ?? '';
    const thing = [...world.things.values()].find(({ physicalId }) => physicalId === entry);
    if (!thing) throw validationError(`Resource ${entry} of type '${String(ResourceType)}' was not found.`);
    if (thing.owner !== undefined)
      throw validationError(`Resource ${entry} is already managed by the stack ${thing.owner}`);
    imports.set(logicalId, entry);
  }
  const others = changedBetween(stack.template, template).filter((id) => !imports.has(id));
  if (others.length > 0)
    throw validationError(`As part of the import operation, you cannot modify or add [${others.join(', ')}]`);
  return imports;
}

/** A map travels as a list of entries. */
function readIdentifier(value: unknown): Record<string, string> {
  const { entry } = value as { entry: readonly { key: string; value: string }[] };
  return Object.fromEntries(entry.map((pair) => [pair.key, pair.value]));
}
