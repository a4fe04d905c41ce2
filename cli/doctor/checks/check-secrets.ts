/** The tokens and the developer app of the stage: present, well formed, and accepted by TikTok. */
import { judge } from '../../../lib/tiktok/verdict.ts';
import { reasonWords } from '../../held/reason-words.ts';
import { type Cause, isTokenReason, remedyFor } from '../../held/remedy.ts';
import type { Stage } from '../../stage/stage.ts';
import { commandLine } from '../../terminal/command-line.ts';
import { plural } from '../../terminal/plural.ts';
import type { DoctorCheck, DoctorContext } from '../context.ts';
import { caused, type Finding, fine, problem, warning } from '../finding.ts';
import { readTokenState } from '../token-state.ts';

export const checkTokenSecrets: DoctorCheck = async (context) => {
  const { destinations } = await context.settings();
  const found = await Promise.all(Object.keys(destinations).map((name) => checkToken(name, context)));
  return found.flat();
};

async function checkToken(name: string, context: DoctorContext): Promise<Finding[]> {
  const subject = `token ${name}`;
  const { stage } = context;
  const connect = `Connect it: ${commandLine(`connect --stage ${stage.name} --destination ${name}`)}.`;
  const state = await readTokenState(context, name);
  if (state.kind === 'malformed')
    return [
      problem(
        subject,
        'The secret of the token is malformed: not JSON with access_token, or the token has spaces or line breaks in it.',
        connect,
      ),
    ];
  if (state.kind === 'missing')
    return [
      caused(
        `${name} no_token`,
        problem(
          subject,
          'The destination is not connected: its events wait, and are parked after 27 hours.',
          connect,
        ),
      ),
    ];
  if (state.kind === 'refused') return [refused(name, state, stage.name)];
  const found = await checkAdAccounts(name, state.token, context);
  return state.kind === 'accepted' || found.level === 'problem'
    ? [found]
    : [undecided(name, state.reason, stage)];
}

function refused(name: string, { reason, detail }: Cause, stage: string): Finding {
  const text = isTokenReason(reason)
    ? `TikTok refuses the token. ${reasonWords(reason)}`
    : `TikTok takes no events with this token. ${reasonWords(reason, detail)}`;
  return caused(
    `${name} ${reason}`,
    problem(`token ${name}`, text, remedyFor({ reason, detail }, stage, name)),
  );
}

function undecided(name: string, reason: string, stage: Stage): Finding {
  const text = `TikTok does not say whether it accepts the token. ${reasonWords(reason)}`;
  const again = `Look again in a few minutes: ${commandLine(`doctor --stage ${stage.name}`)}.`;
  return caused(`${name} ${reason}`, warning(`token ${name}`, text, again));
}

/** Tokens of OAuth have ad accounts; those made in Events Manager have none that this machine knows. */
async function checkAdAccounts(
  name: string,
  token: { readonly access_token: string; readonly advertiser_ids?: readonly string[] | undefined },
  context: DoctorContext,
): Promise<Finding> {
  const subject = `token ${name}`;
  const app = await context.oauthApp().catch(() => undefined);
  const connected = token.advertiser_ids ?? [];
  if (app === undefined || connected.length === 0)
    return fine(subject, 'TikTok accepts the token. --send-test proves the pixel code too.');
  const query = new URLSearchParams({ app_id: app.app_id, secret: app.secret });
  const reply = await (await context.tiktok(name))({
    method: 'GET',
    path: `/open_api/v1.3/oauth2/advertiser/get/?${query}`,
    accessToken: token.access_token,
  });
  if (reply.kind === 'answer' && reply.code === 0)
    return compareAdAccounts(name, connected, reply.text ?? '', context.stage.name);
  const verdict = judge(reply, 1);
  return verdict.kind === 'hold' && isTokenReason(verdict.reason)
    ? refused(name, verdict, context.stage.name)
    : undecided(name, verdict.reason, context.stage);
}

function compareAdAccounts(
  name: string,
  connected: readonly string[],
  answer: string,
  stage: string,
): Finding {
  const subject = `token ${name}`;
  // Ids may be numbers beyond 2⁵³ in the answer: they are looked for as text.
  const gone = connected.filter((id) => !answer.includes(id));
  const all = plural(connected.length, 'ad account');
  if (gone.length === 0)
    return fine(
      subject,
      `TikTok accepts the token, for ${all}. The permission to report conversions was checked when you connected it; --send-test proves it.`,
    );
  const remedy = `Give the account access to them in TikTok Business Center, or connect again: ${commandLine(`connect --stage ${stage} --destination ${name}`)}.`;
  if (gone.length === connected.length)
    return problem(subject, `The token no longer covers any of ${all}: the connection was revoked.`, remedy);
  return warning(
    subject,
    `TikTok accepts the token, but it no longer covers ${gone.length} of ${all}.`,
    remedy,
  );
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
