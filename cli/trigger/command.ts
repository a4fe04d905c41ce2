/** `trigger`: sends a webhook as a platform sends it, with a fresh, signed and realistic body. */
import { openStage } from '../stage/stage.ts';
import { stageCommand } from '../stage/stage-command.ts';
import { table } from '../terminal/output.ts';
import { showList } from './list.ts';
import type { TriggerOptions } from './options.ts';
import { parseTarget } from './parse-target.ts';
import { runTrigger } from './run-trigger.ts';
import { friendlyNames } from './set/friendly-names.ts';

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

export const triggerCommand = () =>
  stageCommand('trigger', 'Send a webhook as a platform sends it: signed, fresh and realistic', [
    'trigger --list',
    'trigger shopify:orders/paid',
    'trigger shopify:orders/paid --set email=ada@example.com --set total=120.50 --set currency=EUR',
    'trigger shopify:orders/paid --set placed=5d --set paid=1m',
    'trigger woocommerce:order.updated --set line_items.0.sku=ABC --stage dev',
    'trigger stripe:checkout.session.completed --print',
    'trigger custom:salla --body order.json',
  ])
    .argument('[platform:topic]', 'what to send, such as shopify:orders/paid; without it, the list of topics')
    .option(
      '--set <name=value>',
      'change the body, by a name below or a path such as line_items.0.sku; repeatable',
      collect,
    )
    .option('--source <name>', 'the source that receives it, where the stage has several of the platform')
    .option('--body <file>', 'send this file instead; - is standard input')
    .option('--header <name=value>', 'add or replace a header; repeatable', collect)
    .option('--print', 'show the request as curl commands, and send nothing')
    .option('--list', 'list platforms and topics')
    .option('--url <url>', "base URL instead of the stage's own (or TIKTOK_EVENTS_URL)")
    .option('--secret-stdin', 'ask for the signing secret, or read it from standard input')
    .addHelpText('after', `\nNames of --set:\n${namesHelp()}`)
    .action(trigger);

const namesHelp = (): string =>
  table(
    Object.entries(friendlyNames).map(([name, { meaning, example }]) => [`  ${name}=${example}`, meaning]),
  );

async function trigger(text: string | undefined, options: TriggerOptions): Promise<void> {
  const isList = options.list === true || text === undefined;
  if (isList) return showList(options.json === true, text?.split(':', 1)[0], Date.now());
  const target = parseTarget(text, options.body !== undefined);
  await runTrigger(openStage(options), target, options, Date.now());
}
