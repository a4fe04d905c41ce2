/** Every reason why connecting ends without a connection: the text of its page, with the remedy. */
import { AppError } from '../errors/app-error.ts';
import type { AwsOperation } from '../telemetry/aws-errors.ts';

export interface RefusalPage {
  readonly status: 400 | 403 | 500 | 502 | 503;
  readonly title: string;
  /** Fixed sentences, without any part of a request or of TikTok's answer. */
  readonly lines: readonly string[];
}

const newLink = 'Ask the operator of the gateway for a new link. The command `connect` makes one.';
const sameLink = 'Nothing was stored. Open the same link again: it works for 10 minutes after it was made.';

/** One page for everyone without the open link, so that a stranger cannot learn whether there is one. */
const notOpenHere = {
  status: 400,
  title: 'This link has expired, was already used, or was opened in another browser',
  lines: [
    'If this browser has just shown you that TikTok is connected, everything worked and you can close this page.',
    'Otherwise the link was used, is older than 10 minutes, was replaced by a newer one, is incomplete, or was ' +
      'opened in another browser. Nothing was changed.',
    'Start and finish in the same browser and the same tab, with cookies allowed. Open the connect link here again.',
    `If you see this page again: ${newLink}`,
  ],
} as const;

export const refusals = {
  link_not_open: notOpenHere,
  other_browser: notOpenHere,
  malformed_callback: {
    status: 400,
    title: 'TikTok\u2019s redirect is incomplete',
    lines: ['The address of this page is not one that TikTok makes.', sameLink],
  },
  denied: {
    status: 403,
    title: 'TikTok was not connected',
    lines: [
      'The request was declined on TikTok\u2019s page.',
      `If that was a mistake: ${sameLink}`,
      'Only an Admin or Operator of the ad account can approve.',
    ],
  },
  scope_missing: {
    status: 403,
    title: 'A permission is missing',
    lines: [
      'TikTok did not allow this gateway to report conversion events.',
      'Open the same link again and leave "Measurement" ticked on TikTok\u2019s page.',
      'If "Measurement" is not there, add it to the scopes of the developer app at TikTok first.',
      'Nothing was stored.',
    ],
  },
  destination_unknown: {
    status: 400,
    title: 'The destination of this link does not exist',
    lines: ['The link was made for a destination that this stage does not have.', newLink],
  },
  app_not_set_up: {
    status: 503,
    title: 'The developer app is not set up',
    lines: [
      'The gateway does not have the id and secret of its TikTok developer app.',
      'The operator of the gateway stores them in the secret `oauth-app` of this stage. Then open the link again.',
    ],
  },
  app_refused: {
    status: 502,
    title: 'TikTok does not accept the developer app',
    lines: [
      'TikTok refused the id, the secret or the state of the developer app.',
      'The operator of the gateway checks the secret `oauth-app` of this stage and the app at TikTok. Nothing was stored.',
    ],
  },
  code_refused: {
    status: 400,
    title: 'TikTok\u2019s approval has expired',
    lines: ['The approval was already used, or is older than an hour.', sameLink],
  },
  tiktok_failed: {
    status: 502,
    title: 'TikTok did not complete the connection',
    lines: ['TikTok did not answer, or answered with an error. This is usually temporary.', sameLink],
  },
  secrets_unavailable: {
    status: 503,
    title: 'The gateway cannot reach its secrets',
    lines: ['AWS Secrets Manager did not answer as expected.', sameLink],
  },
  not_stored: {
    status: 503,
    title: 'The connection could not be stored',
    lines: [
      'TikTok approved, but AWS Secrets Manager did not store the token. The destination is unchanged.',
      `The link is closed now. ${newLink}`,
    ],
  },
  internal_error: {
    status: 500,
    title: 'Something failed on our side',
    lines: ['The log of the gateway has the details.', sameLink],
  },
} as const satisfies Record<string, RefusalPage>;

export type Refusal = keyof typeof refusals;

/** Log fields in addition to the reason; none contains personal data. */
export interface RefusalLog {
  readonly destination?: string;
  readonly detail?: string;
  /** The call that AWS did not complete, and the name of its error. */
  readonly operation?: AwsOperation;
  readonly aws_error?: string;
  readonly tiktok_request_id?: string | undefined;
}

/** Ends connecting with a page. The code is the refusal. */
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
