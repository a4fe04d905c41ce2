/** Tests each webhook source: a signed body is accepted and skipped, since it has no order; a wrong signature is rejected. */
import { randomBytes } from 'node:crypto';
import * as z from 'zod/mini';
import { platformNamed } from '../../lib/webhooks/platforms.ts';
import type { SourceSettings } from '../../lib/webhooks/source-settings.ts';
import { cannotCheck } from '../doctor/cannot-check.ts';
import { commandLine } from '../terminal/command-line.ts';
import { ask } from './http-answer.ts';
import { failed, passed, type Step, stepOf, untried } from './step.ts';
import type { VerifyContext } from './verify-context.ts';

/** No JSON: whatever the platform and its mapping, it comes to no event. */
const body = Buffer.from('verify');
const answerSchema = z.object({ accepted: z.number(), skipped: z.array(z.string()) });

export async function checkWebhooks(context: VerifyContext): Promise<readonly Step[]> {
  const sources = Object.entries((await context.settings()).sources);
  if (sources.length === 0) return [untried('webhooks', 'The stage has no webhook source.')];
  try {
    const { webhooks } = await context.ingest();
    return await Promise.all(
      sources.map(([name, settings]) =>
        checkSource(
          context,
          name,
          settings,
          webhooks[name]?.secrets.findLast((secret) => secret !== ''),
        ),
      ),
    );
  } catch (error) {
    const finding = cannotCheck('webhooks', error);
    return sources.map(([name]) => stepOf(`webhook ${name}`, 'the secret of the source', finding));
  }
}

async function checkSource(
  { stage, now }: VerifyContext,
  name: string,
  settings: SourceSettings,
  secret: string | undefined,
): Promise<Step> {
  const step = `webhook ${name}`;
  if (secret === undefined)
    return failed(step, {
      expected: 'a signing secret',
      saw: 'none: all webhooks of this source are refused',
      see: `${commandLine(`keys add --stage ${stage.name} --webhook ${name}`)}; docs/webhooks.md`,
    });
  const url = `${await stage.apiUrl()}/v1/webhooks/${name}`;
  const { signPlaces } = platformNamed(settings.platform).bind(settings);
  const send = (key: string) => {
    const signed = signPlaces({ secret: key, body, nowSeconds: Math.floor(now() / 1000) });
    const query = new URLSearchParams(signed.query).toString();
    return ask(query === '' ? url : `${url}?${query}`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain', ...signed.headers },
      body: signed.body,
    });
  };
  const [good, forged] = [await send(secret), await send(forgedSecret())];
  const answer = typeof good === 'string' ? undefined : answerSchema.safeParse(good.body).data;
  const isTaken = typeof good !== 'string' && good.status === 200 && answer?.accepted === 0;
  const isRefused = typeof forged !== 'string' && forged.status === 401;
  const saw = `signed: ${textOf(good)}; forged: ${textOf(forged)}`;
  if (isTaken && isRefused) return passed(step, saw);
  return failed(step, {
    expected: 'signed: HTTP 200 with no event; forged: HTTP 401',
    saw,
    see: 'docs/webhooks.md. A new secret works after 5 minutes at most.',
  });
}

const textOf = (answer: Awaited<ReturnType<typeof ask>>): string =>
  typeof answer === 'string' ? answer : answer.text;

/** Readable in every encoding that a source may have. */
const forgedSecret = (): string => randomBytes(32).toString('hex');
