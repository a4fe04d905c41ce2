/** The stage file: valid, with plausible pixel codes. */
import { looksReal } from '../../../lib/config/pixel-code.ts';
import type { Destination } from '../../../lib/events/destination.ts';
import { readStageFile } from '../../stage/stage-file.ts';
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
            'Call one destination default in the stage file, or send destination with every event.',
          ),
        ]
      : [];
  return [
    fine('settings', `The settings are valid; destinations: ${names.join(', ')}.`),
    ...missing,
    ...placeholders(stage.isLocal ? undefined : readStageFile(stage.name)?.toJS()),
    ...Object.entries(destinations).flatMap(([name, destination]) =>
      checkDestination(name, destination, stage.isLocal),
    ),
  ];
};

/** Settings that are still the `YOUR_…` of the template. Pixel codes are checked with their destination. */
function placeholders(settings: unknown, path = ''): Finding[] {
  if (typeof settings === 'string')
    return settings.includes('YOUR_') && !path.endsWith('.pixelCode')
      ? [
          problem(
            'settings',
            `The setting ${path} is a placeholder.`,
            `Set ${path} in the stage file, and deploy.`,
          ),
        ]
      : [];
  if (typeof settings !== 'object' || settings === null) return [];
  return Object.entries(settings).flatMap(([key, value]) =>
    placeholders(value, path === '' ? key : `${path}.${key}`),
  );
}

const whereIsThePixelCode =
  'Copy the pixel code from TikTok Events Manager (Assets, Events, Web Events, the settings of the pixel) into pixelCode of the stage file, and deploy.';

function checkDestination(name: string, destination: Destination, isLocal: boolean): Finding[] {
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
          whereIsThePixelCode,
        ),
  ];
  if (testEventCode !== undefined)
    findings.push(
      warning(
        subject,
        'testEventCode is set: all events go to the Test Events page and may not count.',
        'To count the events of the stage, remove testEventCode from the stage file and deploy.',
      ),
    );
  return findings;
}
