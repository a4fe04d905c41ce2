/** An error as an AWS service with JSON answers reports it. */
export class AwsFailure extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
