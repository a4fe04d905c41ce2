#!/usr/bin/env node
/**
 * `npx --no tiktok-events <command>` in a clone: the command line, on Node 24, after it has installed what is missing. Plain
 * JavaScript for Node 20. Standard output is only for the command: messages about the installation go to standard error.
 */
import { fileURLToPath } from 'node:url';

process.argv.splice(2, 0, 'run', fileURLToPath(new URL('../cli/main.ts', import.meta.url)));
await import('./run.mjs');
