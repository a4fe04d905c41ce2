/**
 * TikTok's OAuth for the Marketing API: consent URL, exchange of a code, names of advertisers, revocation.
 * TikTok answers errors with HTTP 200, so only the `code` of the body shows success. Ids above 2^53 stay text.
 */
import * as z from 'zod/mini';
import { parseLosslessly } from '../payload/lossless-json.ts';
import { accessTokenForm, type OauthApp } from '../secrets/secret-values.ts';
import type { TikTokClient, TikTokReply } from '../tiktok/client.ts';

export interface Advertiser {
  readonly id: string;
  readonly name?: string;
}

export interface Grant {
  readonly accessToken: string;
  readonly advertiserIds: readonly string[];
  readonly scopes: readonly string[];
}

export type Exchange =
  | { readonly kind: 'granted'; readonly grant: Grant; readonly requestId: string | undefined }
  | {
      readonly kind: 'app_refused' | 'code_refused' | 'tiktok_failed';
      /** A code of TikTok or of this project; safe to log. */
      readonly detail: string;
      readonly requestId: string | undefined;
    };

const base = '/open_api/v1.3/oauth2';
const namesTimeoutMs = 3_000;

const token = z.string().check(z.regex(accessTokenForm));
const id = z.string().check(z.regex(/^[\w-]{1,64}$/));
const list = <T>(item: z.ZodMiniType<T>) => z.optional(z.nullable(z.array(item)));
const grantSchema = z.object({
  data: z.object({ access_token: token, advertiser_ids: list(id), scope: list(z.string()) }),
});
const namesSchema = z.object({
  data: z.object({
    list: z.array(z.object({ advertiser_id: id, advertiser_name: z.string().check(z.maxLength(512)) })),
  }),
});

/** @returns the URL of the page on which an advertiser approves */
export function consentUrl(tiktokApiUrl: string, appId: string, state: string, redirectUri: string): string {
  const query = new URLSearchParams({ app_id: appId, state, redirect_uri: redirectUri });
  return `${tiktokApiUrl}/portal/auth?${query}`;
}

/** Never throws. A code is valid for one exchange within an hour. */
export async function exchangeCode(client: TikTokClient, app: OauthApp, authCode: string): Promise<Exchange> {
  const body = JSON.stringify({ app_id: app.app_id, secret: app.secret, auth_code: authCode });
  const reply = await client({ method: 'POST', path: `${base}/access_token/`, body });
  const requestId = reply.kind === 'answer' ? reply.requestId : undefined;
  if (!isOk(reply)) return { ...refusalOf(reply), requestId };
  const decoded = grantSchema.safeParse(parseAnswer(reply.text));
  if (!decoded.success) return { kind: 'tiktok_failed', detail: 'unreadable_answer', requestId };
  const { access_token, advertiser_ids, scope } = decoded.data.data;
  return {
    kind: 'granted',
    grant: { accessToken: access_token, advertiserIds: advertiser_ids ?? [], scopes: scope ?? [] },
    requestId,
  };
}

/** @returns names by advertiser id; empty when TikTok does not answer, since the names are only shown */
export async function readAdvertiserNames(
  client: TikTokClient,
  app: OauthApp,
  accessToken: string,
): Promise<ReadonlyMap<string, string>> {
  const query = new URLSearchParams({ app_id: app.app_id, secret: app.secret });
  const path = `${base}/advertiser/get/?${query}`;
  const reply = await client({ method: 'GET', path, accessToken, timeoutMs: namesTimeoutMs });
  const decoded = isOk(reply) ? namesSchema.safeParse(parseAnswer(reply.text)) : undefined;
  const list = decoded?.data?.data.list ?? [];
  return new Map(list.map(({ advertiser_id, advertiser_name }) => [advertiser_id, advertiser_name]));
}

/** @returns `revoked`, `unknown` when TikTok does not know the token, otherwise the reason why it failed */
export async function revokeToken(client: TikTokClient, app: OauthApp, accessToken: string) {
  const body = JSON.stringify({ app_id: app.app_id, secret: app.secret, access_token: accessToken });
  const reply = await client({ method: 'POST', path: `${base}/revoke_token/`, body });
  if (isOk(reply)) return { kind: 'revoked' } as const;
  if (reply.kind === 'answer' && reply.code === 40105) return { kind: 'unknown' } as const;
  return { kind: 'failed', detail: detailOf(reply) } as const;
}

const isOk = (reply: TikTokReply): boolean =>
  reply.kind === 'answer' && reply.status === 200 && reply.code === 0;

const detailOf = (reply: TikTokReply): string => {
  if (reply.kind === 'failure') return reply.reason;
  return reply.code === undefined ? `http_${reply.status}` : `tiktok_${reply.code}`;
};

/** 40110: the code was used, canceled or is too old. 40101, 40113: the app, its secret or its rights are wrong. */
const kinds: ReadonlyMap<number, 'code_refused' | 'app_refused'> = new Map([
  [40110, 'code_refused'],
  [40101, 'app_refused'],
  [40113, 'app_refused'],
]);

const refusalOf = (reply: TikTokReply) => ({
  kind: (reply.kind === 'answer' && kinds.get(reply.code ?? 0)) || ('tiktok_failed' as const),
  detail: detailOf(reply),
});

/** @returns undefined when the text is not JSON. Scope ids can be above 2^53, so integers stay text. */
function parseAnswer(text = ''): unknown {
  try {
    return parseLosslessly(text, 'all');
  } catch {
    return undefined;
  }
}
