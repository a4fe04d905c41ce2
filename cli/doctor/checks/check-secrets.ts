/** The tokens and the developer app of the stage: present, well formed, and accepted by TikTok. */
import { MalformedSecretError } from '../../../lib/secrets/secret-values.ts';
import { isTokenCode } from '../../../lib/tiktok/codes.ts';
import { commandLine } from '../../terminal/command-line.ts';
import type { DoctorCheck, DoctorContext } from '../context.ts';
import { type Finding, fine, problem, warning } from '../finding.ts';

export const checkTokenSecrets: DoctorCheck = async (context) => {
  const { destinations } = await context.settings();
  const found = await Promise.all(Object.keys(destinations).map((name) => checkToken(name, context)));
  return found.flat();
};

async function checkToken(name: string, context: DoctorContext): Promise<Finding[]> {
  const subject = `token ${name}`;
  const connect = `Connect it: ${commandLine(`connect --stage ${context.stage.name} --destination ${name}`)}.`;
  const token = await context.token(name).catch((error: unknown) => {
    if (error instanceof MalformedSecretError) return 'malformed' as const;
    throw error;
  });
  if (token === 'malformed')
    return [
      problem(
        subject,
        'The secret of the token is malformed: not JSON with access_token, or the token has spaces or line breaks in it.',
        connect,
      ),
    ];
  if (token === undefined)
    return [
      problem(
        subject,
        'The destination is not connected: its events wait, and are parked after 27 hours.',
        connect,
      ),
    ];
  return checkAtTikTok(name, token, context);
}

type Token = NonNullable<Awaited<ReturnType<DoctorContext['token']>>>;

/** Tokens of OAuth can be shown to TikTok without sending an event; those made in Events Manager cannot. */
async function checkAtTikTok(name: string, token: Token, context: DoctorContext): Promise<Finding[]> {
  const subject = `token ${name}`;
  const app = await context.oauthApp().catch(() => undefined);
  const connected = token.advertiser_ids ?? [];
  if (app === undefined || connected.length === 0)
    return [fine(subject, 'The token is there. --send-test shows whether TikTok accepts it.')];
  const query = new URLSearchParams({ app_id: app.app_id, secret: app.secret });
  const reply = await (await context.tiktok(name))({
    method: 'GET',
    path: `/open_api/v1.3/oauth2/advertiser/get/?${query}`,
    accessToken: token.access_token,
  });
  if (reply.kind === 'failure')
    return [
      problem(
        subject,
        `TikTok cannot be reached (${reply.reason}).`,
        `Check the network, and run ${commandLine(`doctor --stage ${context.stage.name}`)} again.`,
      ),
    ];
  if (reply.code === 0) return compareAdAccounts(subject, connected, reply.text ?? '');
  if (reply.code !== undefined && isTokenCode(reply.code))
    return [
      problem(
        subject,
        `TikTok refuses the token (code ${reply.code}): it was revoked, or belongs to another app.`,
        `Connect again: ${commandLine(`connect --stage ${context.stage.name} --destination ${name}`)}.`,
      ),
    ];
  return [
    warning(
      subject,
      `TikTok does not say whether the token is valid (code ${reply.code ?? `HTTP ${reply.status}`}).`,
      `Prove it with ${commandLine(`doctor --stage ${context.stage.name} --send-test --test-event-code TEST12345`)}.`,
    ),
  ];
}

function compareAdAccounts(subject: string, connected: readonly string[], answer: string): Finding[] {
  // Ids may be numbers beyond 2⁵³ in the answer: they are looked for as text.
  const gone = connected.filter((id) => !answer.includes(id));
  const text = `TikTok accepts the token, for ${connected.length} ad account${connected.length === 1 ? '' : 's'}. The permission to report conversions was checked when you connected it; --send-test proves it.`;
  if (gone.length === 0) return [fine(subject, text)];
  return [
    warning(
      subject,
      `TikTok accepts the token, but it no longer covers ${gone.length} of ${connected.length} ad accounts.`,
      'Give the account access to them in TikTok Business Center, or connect again.',
    ),
  ];
}

export const checkOauthApp: DoctorCheck = async ({ stage, oauthApp }) => {
  const app = await oauthApp();
  if (app !== undefined) return [fine('secret oauth-app', 'The developer app for OAuth is there.')];
  return [
    warning(
      'secret oauth-app',
      'There is no developer app: accounts cannot be connected by OAuth.',
      `Store it with ${commandLine(`connect --stage ${stage.name} --app APP_ID`)}, or use a token of Events Manager: ${commandLine(`connect --stage ${stage.name} --token`)}.`,
    ),
  ];
};
