/** The stage file: valid, with plausible pixel codes. */
import { looksReal } from '../../../lib/config/pixel-code.ts';
import { stageFileName } from '../../../lib/config/stage-file.ts';
import type { Destination } from '../../../lib/events/destination.ts';
import type { Stage } from '../../stage/stage.ts';
import { readStageFile } from '../../stage/stage-file.ts';
import { deployCommand } from '../../terminal/command-line.ts';
import type { DoctorCheck } from '../context.ts';
import { type Finding, fine, problem, warning } from '../finding.ts';

export const checkSettings: DoctorCheck = async ({ stage, settings }) => {
  const { destinations } = await settings();
  const names = Object.keys(destinations);
  const missing =
    destinations.default === undefined
      ? [
          warning(
            'settings',
            'No destination is called default: events that name none are rejected.',
            'Call one destination default in the stage file, or send destination with every event: docs/deploy.md#2-write-the-stage-file.',
          ),
        ]
      : [];
  return [
    fine('settings', `The settings are valid; destinations: ${names.join(', ')}.`),
    ...missing,
    ...placeholders(stage.name, stage.isLocal ? undefined : readStageFile(stage.name)?.toJS()),
    ...Object.entries(destinations).flatMap(([name, destination]) =>
      checkDestination(name, destination, stage),
    ),
  ];
};

/** Settings that are still the `YOUR_…` of the template. Pixel codes are checked with their destination. */
function placeholders(stage: string, settings: unknown, path = ''): Finding[] {
  if (typeof settings === 'string')
    return settings.includes('YOUR_') && !path.endsWith('.pixelCode')
      ? [
          problem(
            'settings',
            `The setting ${path} is a placeholder.`,
            `Set ${path} in ${stageFileName(stage)}, and run ${deployCommand(stage)}.`,
          ),
        ]
      : [];
  if (typeof settings !== 'object' || settings === null) return [];
  return Object.entries(settings).flatMap(([key, value]) =>
    placeholders(stage, value, path === '' ? key : `${path}.${key}`),
  );
}

const whereIsThePixelCode = (stage: string): string =>
  `Copy the pixel code from TikTok Events Manager (Assets, Events, Web Events, the settings of the pixel) into pixelCode of ${stageFileName(stage)}, and run ${deployCommand(stage)}.`;

function checkDestination(
  name: string,
  destination: Destination,
  { name: stage, isLocal }: Stage,
): Finding[] {
  const { pixelCode, eventSource, testEventCode } = destination;
  const subject = `destination ${name}`;
  const findings: Finding[] = [
    isLocal || looksReal(pixelCode, eventSource)
      ? fine(
          subject,
          `Sends ${eventSource} events. Conversions that happened elsewhere do not appear in Events Manager.`,
        )
      : problem(
          subject,
          'The pixel code is a placeholder, or does not look like a code of TikTok.',
          whereIsThePixelCode(stage),
        ),
  ];
  if (testEventCode !== undefined)
    findings.push(
      warning(
        subject,
        'testEventCode is set: all events go to the Test Events page and may not count.',
        `To count the events of the stage, remove testEventCode from ${stageFileName(stage)}, and run ${deployCommand(stage)}.`,
      ),
    );
  return findings;
}
