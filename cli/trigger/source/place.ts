/** Where a triggered webhook goes: the gateway of this machine or a deployed stage, in words for questions and remedies. */
import { platformNamed } from '../../../lib/webhooks/platforms.ts';
import { readLocalInfo } from '../../stage/local-info.ts';
import { type LocalSettings, localSettings } from '../../stage/local-settings.ts';
import type { Stage } from '../../stage/stage.ts';
import { commandLine } from '../../terminal/command-line.ts';
import type { Remedies } from '../request/post-webhook.ts';
import type { TriggerSource } from './trigger-source.ts';

export interface Place {
  readonly stage: Stage;
  readonly apiUrl: string;
  /** On this machine: nothing counts, and the platform's API has a local stand-in. */
  readonly isHere: boolean;
  /** In sentences: `stage dev`, or the address when it is of no stage. */
  readonly name: string;
  /** What the gateway of this machine runs. */
  readonly runs: LocalSettings | undefined;
}

export async function placeOf(stage: Stage): Promise<Place> {
  const [isHere, apiUrl] = [await stage.isOnThisMachine(), await stage.apiUrl()];
  // A custom domain of the stage, or another program: the user sees where the signed body goes.
  const name = stage.hasOtherUrl && !isHere ? apiUrl : `stage ${stage.name}`;
  return {
    stage,
    apiUrl,
    isHere,
    name,
    runs: isHere ? localSettings(await readLocalInfo(apiUrl)) : undefined,
  };
}

/** What becomes of an event of this source, to follow "its event". */
export function fateOf({ settings, destination }: TriggerSource): string {
  if (settings.dryRun) return 'is not sent to TikTok, since the source has dryRun';
  return destination?.testEventCode === undefined
    ? 'counts at TikTok'
    : 'goes to the Test Events page of Events Manager, and does not count';
}

/** Where to look for an accepted event. */
export function nextStep({ stage, apiUrl, isHere, name }: Place, source: TriggerSource): string {
  if (isHere) return `See what TikTok received: ${apiUrl} (open it in a browser).`;
  const refused = commandLine(`dead-letters list --stage ${stage.name}`);
  return `On ${name}, its event ${fateOf(source)}.${stage.isLocal ? '' : ` ${refused} shows it if TikTok refuses it.`}`;
}

export function remediesOf({ isHere, name: place }: Place, { name, settings }: TriggerSource): Remedies {
  const { secretHint } = platformNamed(settings.platform);
  return {
    unreachable: isHere
      ? 'Is `npm start` running on this PORT, or does another program have it?'
      : `Is ${place} a gateway, and is it deployed?`,
    signature: isHere
      ? `It was signed with the secret of ${name} on the stage local: did --header replace the signature, or does npm start run other settings?`
      : `The secret that signed it is not one of the source ${name}: ${secretHint}. A new secret works after 5 minutes at most. Send it once more if the clock of this machine was wrong.`,
    source: isHere
      ? 'Start npm start again if it is older than the source.'
      : `Deploy the stage after you add a source to its stage file, or name another source with --source.`,
  };
}
