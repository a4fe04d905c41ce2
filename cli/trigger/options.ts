/** The options of `trigger`, as its action gets them. */
import type { SharedOptions } from '../stage/stage-command.ts';

export interface TriggerOptions extends SharedOptions {
  readonly set?: readonly string[] | undefined;
  readonly source?: string | undefined;
  readonly body?: string | undefined;
  readonly header?: readonly string[] | undefined;
  readonly secretStdin?: true | undefined;
  readonly print?: true | undefined;
  readonly list?: true | undefined;
}
