/** Prints what you need to send to the sources of a stage file, and keeps the gateway up to date with the file. */
import { placeholders } from '../../lib/config/deployment-problems.ts';
import { stageFileName } from '../../lib/config/stage-file.ts';
import type { Gateway } from '../gateway.ts';
import { describeSecrets } from './describe-secrets.ts';
import { followStageFile } from './follow-stage-file.ts';
import type { LocalStage } from './local-stage.ts';

/** @returns a function that ends it */
export function runStageFile(stage: LocalStage, gateway: Gateway, apiKey: string): () => void {
  const file = stageFileName(stage.name);
  const seen = new Set<string>();
  const newWarnings = ({ destinations, sources }: LocalStage): string[] => {
    const fresh = placeholders({ destinations, sources }).filter((problem) => !seen.has(problem));
    for (const problem of fresh) seen.add(problem);
    return fresh.map((problem) => `${file}: ${problem} before a deployment.`);
  };
  for (const warning of newWarnings(stage)) console.error(warning);
  console.log(`Local secrets of ${file}:\n  API key: ${apiKey}`);
  for (const line of describeSecrets(gateway.addedSecrets, gateway.url)) console.log(line);
  return followStageFile({
    stage,
    apply: async (next) => {
      const added = await gateway.useStage(next);
      return [...newWarnings(next), ...describeSecrets(added, gateway.url)];
    },
    print: (line) => console.log(line),
    printError: (line) => console.error(line),
  });
}
