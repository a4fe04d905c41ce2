/** Every way in which connecting ends without a connection: what the page says, and what to do then. */
import { AppError } from '../errors/app-error.ts';
import type { AwsOperation } from '../telemetry/aws-errors.ts';

export interface RefusalPage {
  readonly status: 400 | 403 | 500 | 502 | 503;
  readonly title: string;
  /** Fixed sentences: nothing of a request or of TikTok's answer is ever in them. */
  readonly lines: readonly string[];
}

const newLink = 'Ask for a new link: whoever runs the gateway makes one with the command "connect".';
const sameLink = 'Nothing was stored. Open the same link again; it is good for 10 minutes after it was made.';

/** One page for all who do not know the open link, so that a stranger cannot learn whether there is one. */
const notOpenHere = {
  status: 400,
  title: 'This link is not open in this browser',
  lines: [
    'If this browser has just shown you that TikTok is connected, all is well and you can close this page.',
    'Otherwise the link was used, is older than 10 minutes, was replaced by a newer one, or is not complete, ' +
      'or another browser opened it. Nothing was changed.',
    'Start and finish in the same browser and the same tab, with cookies allowed: open the connect link here again.',
    `If this page comes back: ${newLink}`,
  ],
} as const;

export const refusalPages = {
  link_not_open: notOpenHere,
  other_browser: notOpenHere,
  malformed_callback: {
    status: 400,
    title: 'The way back from TikTok is damaged',
    lines: ['The address that led here is not one that TikTok makes.', sameLink],
  },
  denied: {
    status: 403,
    title: 'TikTok was not connected',
    lines: [
      'The request was declined on TikTok\u2019s page.',
      `If that was a mistake: ${sameLink}`,
      'Approving needs the role Admin or Operator in the ad account.',
    ],
  },
  scope_missing: {
    status: 403,
    title: 'A permission is missing',
    lines: [
      'TikTok was not allowed to let this gateway report conversion events.',
      'Open the same link again and leave "Measurement" ticked on TikTok\u2019s page.',
      'If it is not offered there, add "Measurement" to the scopes of the developer app at TikTok first.',
      'Nothing was stored.',
    ],
  },
  destination_unknown: {
    status: 400,
    title: 'The destination of this link does not exist',
    lines: ['This stage has no destination of the name that the link was made for.', newLink],
  },
  app_not_set_up: {
    status: 503,
    title: 'The developer app is not set up',
    lines: [
      'The gateway does not know the id and secret of its TikTok developer app.',
      'Whoever runs the gateway stores them in the secret "oauth-app" of this stage; then open the link again.',
    ],
  },
  app_refused: {
    status: 502,
    title: 'TikTok does not accept the developer app',
    lines: [
      'TikTok refused the id, the secret or the state of the developer app.',
      'Whoever runs the gateway checks the secret "oauth-app" of this stage and the app at TikTok. Nothing was stored.',
    ],
  },
  code_refused: {
    status: 400,
    title: 'TikTok\u2019s approval is no longer good',
    lines: ['It was used already, or is older than an hour.', sameLink],
  },
  tiktok_failed: {
    status: 502,
    title: 'TikTok did not complete the connection',
    lines: [
      'TikTok did not answer, or answered with an error. It is most likely for a moment only.',
      sameLink,
    ],
  },
  secrets_unavailable: {
    status: 503,
    title: 'The gateway cannot reach its secrets',
    lines: ['AWS Secrets Manager did not answer as it should.', sameLink],
  },
  not_stored: {
    status: 503,
    title: 'The connection could not be stored',
    lines: [
      'TikTok approved, but AWS Secrets Manager did not take the token. The destination is as it was before.',
      `The link is closed now. ${newLink}`,
    ],
  },
  internal_error: {
    status: 500,
    title: 'Something failed on our side',
    lines: ['The log of the gateway says what.', sameLink],
  },
} as const satisfies Record<string, RefusalPage>;

export type Refusal = keyof typeof refusalPages;

/** What the log line adds to the reason; none of it personal. */
export interface RefusalLog {
  readonly destination?: string;
  readonly detail?: string;
  /** What AWS did not do, and the name of its error. */
  readonly operation?: AwsOperation;
  readonly aws_error?: string;
  readonly tiktok_request_id?: string | undefined;
}

/** Ends connecting with a page; nothing has been stored. */
export class RefusedError extends AppError {
  override readonly name = 'RefusedError';
  readonly refusal: Refusal;
  readonly log: RefusalLog;

  constructor(refusal: Refusal, log: RefusalLog = {}, options?: ErrorOptions) {
    super(refusal, refusal, options);
    this.refusal = refusal;
    this.log = log;
  }
}
