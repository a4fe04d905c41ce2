/** `sync init`: reads the columns of a query and writes a mapping for them. */
import { stageCommand } from '../../stage/stage-command.ts';
import { withSource } from '../source-options.ts';

export const syncInitCommand = () =>
  withSource(
    stageCommand('init', 'Write a mapping for the columns of a query', [
      'sync init --query "select * from \'orders.parquet\'"',
      'sync init --postgres postgres://shop@db.example/shop --query "select * from orders" --output orders.yml',
      'sync init --dbt target/manifest.json --model orders --duckdb shop.duckdb',
      'sync init --query "select * from \'leads.csv\'" --event-name Lead --yes',
    ]).argument('[input]', '- reads rows from standard input, one JSON object per line'),
  )
    .option('-o, --output <file>', 'file to write; by default named like the file, table or model')
    .option('--event-name <name>', 'name of every event, such as Purchase or Lead')
    .action(async (input, options) => (await import('./init.ts')).init(input, options));
