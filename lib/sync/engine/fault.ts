/** Why a run cannot go on, without any value of a row. */

/** A run that ends as failed: the code is stable, the message says what to do. */
export class RunFault extends Error {
  override readonly name = 'RunFault';
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

const errorCode = /^([A-Z][A-Z_]{3,60})\b/;
const position = /\bline (\d{1,6}):(\d{1,6})\b/;

/**
 * Athena's reason can repeat a cell (`Cannot cast 'ada@example.com' to bigint`), so only the name of the error and the
 * place in the query are kept.
 */
export function queryFault(reason: string, executionId: string): RunFault {
  const code = errorCode.exec(reason)?.[1];
  const place = position.exec(reason);
  const where =
    place === null ? '' : ` at line ${place[1]}, character ${place[2]} of the query that the gateway sent`;
  return new RunFault(
    'query_failed',
    `Athena could not run the query${code === undefined ? '' : ` (${code})`}${where}. Its whole message is in Athena's console, under query ${executionId}.`,
  );
}
