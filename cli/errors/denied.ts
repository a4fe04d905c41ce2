/** Recognizes that AWS denied a call, and the right that is missing: each service has its own name for that error. */
const names: ReadonlySet<string> = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'AuthorizationErrorException',
  'AuthorizationError',
]);

export const isDenied = (error: unknown): error is Error => error instanceof Error && names.has(error.name);

/**
 * AWS writes `… is not authorized to perform: sqs:ReceiveMessage on resource: …`.
 * @returns such as `sqs:ReceiveMessage`; undefined for an error that names no right
 */
export const missingRight = (error: unknown): string | undefined =>
  error instanceof Error
    ? /not authorized to perform: ([a-z0-9-]{2,40}:[A-Za-z]{2,60})/.exec(error.message)?.[1]
    : undefined;
