/** The stage file, for the few settings that commands look up. You can operate a stage without having its file. */
import { isMap, isScalar, parseDocument } from 'yaml';
import { readStageText, stageFileName } from '../../lib/config/stage-file.ts';
import { destinationName } from '../../lib/events/destination.ts';
import { usageError } from '../errors/cli-error.ts';

/** @returns undefined when there is no such file here */
export function readStageFile(stage: string) {
  const yaml = readStageText(stage);
  return yaml === undefined ? undefined : parseDocument(yaml);
}

/** The names under `destinations` or `sources`; undefined when there is no such file. */
export function namesInStageFile(
  stage: string,
  section: 'destinations' | 'sources',
): readonly string[] | undefined {
  const node = readStageFile(stage)?.get(section);
  if (!isMap(node)) return undefined;
  return node.items.map(({ key }) => String(isScalar(key) ? key.value : key));
}

/** Throws when the name cannot be one of a destination, or is not one of this stage. */
export function checkDestination(stage: string, name: string): string {
  if (!destinationName.safeParse(name).success)
    throw usageError('--destination: a name has letters, digits, - and _ only, 64 at most.');
  const known = namesInStageFile(stage, 'destinations');
  if (known === undefined || known.includes(name)) return name;
  throw usageError(
    `--destination: ${stageFileName(stage)} has ${known.join(', ')} only. Add it there and deploy.`,
  );
}
