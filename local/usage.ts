/** The text of `npm start -- --help`. */
import { defaultApiKey, defaultPort, defaultSqsPort } from './stage.ts';

export const usage = `Usage: npm start -- [options]

Runs the gateway on this machine, against a sandbox that plays TikTok, until you press Ctrl-C.

Options:
  --stage <name>  Run the destinations, sources, mappings, collector, syncs and consent of stages/<name>.yml, and apply each change
                  when you save it; deliver as it says at the start. Default: local, the gateway's own stage.
  --tables <folder>
                  The tables of syncs: <folder>/<database>/<table>.csv, .parquet or .ndjson. Default: tables, if it
                  exists; the gateway's own stage has one of its own.
  --host <name>   Let the tunnel of this name reach /v1/webhooks/<source>, /v1/collect and /v1/browser.js, and
                  nothing else.
  --help          Show this text.

Environment:
  PORT            Port of the HTTP API. 0 takes a free one. Default: ${defaultPort}
  SQS_PORT        Port of the queue. Default: ${defaultSqsPort}
  LOCAL_API_KEY   API key. Default: ${defaultApiKey}
  TABLES_FOLDER   The same as --tables.
  TIKTOK_API_URL  Send events to this base URL instead of the sandbox.

docs/local.md is the guide.`;
