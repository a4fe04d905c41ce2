/** Writes answers into the text of a stage file: only the lines they belong to change, so that every comment stays. */
import type { Answers } from './questions.ts';

/**
 * @param template a stage file as it is delivered, with `YOUR_…` for the pixel code
 * @throws Error when a line is not there: then the template is not the delivered one
 */
export function fillStageFile(template: string, stage: string, answers: Answers): string {
  const { region, pixelCode, currency, country, alarmEmail, shopOrigin } = answers;
  const alarms =
    alarmEmail === ''
      ? { from: /^ {2}# subscribedElsewhere: true$/m, to: '  subscribedElsewhere: true' }
      : { from: /^ {2}# email: .*$/m, to: `  email: ${quoted(alarmEmail)}` };
  const lines = [
    { from: /(?<=^# Everything that makes the stage `)[a-z0-9-]+(?=`)/m, to: stage },
    { from: /(?<=npm start -- --stage )[a-z0-9-]+/, to: stage },
    { from: /^region: .*$/m, to: `region: ${region}` },
    { from: /^ {4}pixelCode: 'YOUR_[A-Z_]+'$/m, to: `    pixelCode: ${quoted(pixelCode)}` },
    { from: /^ {4}currency: .*$/m, to: `    currency: ${currency}` },
    // Norway's NO without quotes is read as false by older readers of YAML.
    { from: /^ {4}country: .*$/m, to: `    country: ${quoted(country)}` },
    alarms,
    ...(shopOrigin === '' ? [] : collectorLines(shopOrigin)),
  ];
  return lines.reduce((text, { from, to }) => {
    if (!from.test(text)) throw new Error(`The template has no line ${from.source}`);
    return text.replace(from, () => to);
  }, template);
}

/** The rest of the section stays a comment. The shop's other hosts, such as one for another country, share the cookies. */
const collectorLines = (origin: string) => [
  { from: /^# collect:$/m, to: 'collect:' },
  { from: /^# {3}origins: .*$/m, to: `  origins: [${quoted(origin)}]` },
  {
    from: /^# {3}cookieDomain: .*$/m,
    to: `  cookieDomain: ${new URL(origin).hostname.replace(/^www\./, '')}`,
  },
];

/** True while the pixel code of the destination `default` is the placeholder of the delivered file. */
export const isUntouched = (text: string): boolean => /^ {4}pixelCode: 'YOUR_[A-Z_]+'$/m.test(text);

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
