/** Why events wait, in whole sentences: TikTok's answer and its meaning, or the part on the way that failed. */
import { reasonText } from '../../lib/reasons/reason-text.ts';
import { tiktokCode } from '../../lib/tiktok/codes.ts';
import { printable } from '../terminal/output.ts';

/** The settings of a destination by the names that TikTok gives them in a refusal. */
const settings: Readonly<Record<string, string>> = {
  event_source_id: 'pixelCode',
  event_source: 'eventSource',
  test_event_code: 'testEventCode',
};

/** @returns the setting of the stage file that a `detail` of the journal names; undefined for other details */
export const refusedSettingOf = (detail: string | undefined): string | undefined =>
  detail !== undefined && Object.hasOwn(settings, detail) ? settings[detail] : undefined;

/** @param requestId of TikTok's answer */
export function reasonWords(reason: string, detail?: string, requestId?: string): string {
  const code = tiktokCode(reason);
  const meaning =
    reasonText('waiting', reason, detail)?.meaning.replaceAll('`', '') ??
    (code === undefined ? `The reason is ${printable(reason, 64)}.` : '');
  const id = requestId === undefined ? '' : ` (request id ${requestId})`;
  return code === undefined ? `${meaning}${id}` : `TikTok answered ${code}${id}. ${meaning}`.trim();
}
