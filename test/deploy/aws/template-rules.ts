/** What CloudFormation checks of a template before it makes anything: its size, its references, its capabilities. */
import { isDeepStrictEqual } from 'node:util';
import type { Template } from '../../template/template.ts';
import { AwsError, validationError } from './world.ts';

/** @throws AwsError as CreateChangeSet and ValidateTemplate do */
export function readTemplate(body: string): Template {
  const template = parsed(body);
  const { Resources, Outputs = {} } = template;
  if (!Resources || Object.keys(Resources).length === 0)
    throw validationError('Template format error: At least one Resources member must be defined.');
  if (Object.keys(Resources).length > 500)
    throw validationError('Template format error: Number of resources is greater than maximum allowed, 500');
  for (const [id, resource] of Object.entries(Resources)) {
    if (!/^[A-Za-z0-9]{1,255}$/.test(id))
      throw validationError(`Template format error: Resource name ${id} is non alphanumeric.`);
    if (typeof resource.Type !== 'string')
      throw validationError(
        `Template format error: [/Resources/${id}] Every Resources member must contain a Type.`,
      );
  }
  const unknown = [...references(Resources), ...references(Outputs)].filter(
    (id) => !(id in Resources) && !id.startsWith('AWS::'),
  );
  if (unknown.length > 0)
    throw validationError(
      `Template format error: Unresolved resource dependencies [${[...new Set(unknown)].join(', ')}] in the Resources block of the template`,
    );
  return template;
}

function parsed(body: string): Template {
  if (Buffer.byteLength(body) > 1_000_000)
    throw validationError('Template may not exceed 1000000 bytes in size.');
  try {
    return JSON.parse(body) as Template;
  } catch {
    throw validationError('Template format error: JSON not well-formed.');
  }
}

function references(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(references);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    if (key === 'Ref') return [String(item)];
    if (key === 'Fn::GetAtt') return [String((item as string[])[0])];
    if (key === 'DependsOn') return [item].flat().map(String);
    if (key === 'Fn::Sub' && typeof item === 'string')
      return [...item.matchAll(/\$\{([A-Za-z0-9:]+)[^}]*\}/g)].map(([, name]) => String(name));
    return references(item);
  });
}

export function checkCapabilities({ Resources }: Template, given: readonly string[]): void {
  const roles = Object.values(Resources).filter(({ Type }) => Type.startsWith('AWS::IAM::'));
  const isNamed = roles.some(({ Properties }) => Properties?.RoleName !== undefined);
  const enough = isNamed ? ['CAPABILITY_NAMED_IAM'] : ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'];
  if (roles.length === 0 || enough.some((capability) => given.includes(capability))) return;
  throw new AwsError(
    'InsufficientCapabilitiesException',
    `Requires capabilities : [${isNamed ? 'CAPABILITY_NAMED_IAM' : 'CAPABILITY_IAM'}]`,
  );
}

/** @returns logical ids of what is added, changed or removed; an output counts by its own name */
export function changedBetween(before: Template, after: Template): string[] {
  return [
    ...differing(before.Resources, after.Resources),
    ...differing(before.Outputs ?? {}, after.Outputs ?? {}),
  ];
}

function differing(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (id) => !isDeepStrictEqual(before[id], after[id]),
  );
}
