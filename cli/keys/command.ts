/** `keys`: the API keys of a stage and the secrets of its webhook sources. A new key is shown once. */
import { Command } from '@commander-js/extra-typings';
import { stageCommand } from '../stage/stage-command.ts';
import { parseExpiry } from '../terminal/parse-options.ts';
import { add } from './add.ts';
import { list } from './list.ts';
import { revoke } from './revoke.ts';

export const keysCommand = () =>
  new Command('keys')
    .description('API keys, and the secrets of webhook sources')
    .addCommand(addCommand())
    .addCommand(listCommand())
    .addCommand(revokeCommand());

const addCommand = () =>
  stageCommand('add', 'Create an API key, or store the secret of a webhook source', [
    'keys add backend --stage prod',
    'keys add warehouse --stage prod --destination offline --expires 90d',
    'keys add --stage prod --save',
    'keys add --stage prod --webhook shopify < shopify-secret.txt',
    'keys add --stage prod --webhook woocommerce --generate',
    'keys add --stage prod --webhook shop --api-token < api-token.txt',
  ])
    .argument('[id]', 'name of the API key, shown in logs (generated when left out)')
    .option('-d, --destination <name...>', 'destinations that the key can use (all when left out)')
    .option('--expires <when>', 'when the key expires: 90d, 2027-01-31, or a date with time', parseExpiry)
    .option('--save', 'keep the key in a file that only you can read, for your own commands')
    .option('--webhook <source>', "store this source's secret, read from a prompt or standard input")
    .option('--generate', 'with --webhook: generate the secret; enter it at the platform')
    .option(
      '--api-token',
      "with --webhook: store the token for the platform's API instead, read the same way",
    )
    .action(add);

const listCommand = () =>
  stageCommand(
    'list',
    'Ids of API keys, webhook secrets and API tokens, with the end of a digest; never the key',
    ['keys list --stage prod'],
  ).action(list);

const revokeCommand = () =>
  stageCommand('revoke', 'Revoke an API key, a webhook secret or an API token, within 5 minutes', [
    'keys revoke backend --stage prod',
    'keys revoke 1f2e --stage prod --webhook shopify',
  ])
    .argument('<id>', 'id of the API key; with --webhook the four characters that `keys list` shows')
    .option('--webhook <source>', 'revoke a secret or the API token of this source')
    .action(revoke);
