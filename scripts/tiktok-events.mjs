#!/usr/bin/env node
/**
 * `npx --no tiktok-events <command>` in a clone: the command line, on Node 24, after installing whatever is missing. Plain
 * JavaScript for Node 20. Standard output belongs to the command: notes about the installation go to standard error.
 */
import { fileURLToPath } from 'node:url';

process.argv.splice(2, 0, 'run', fileURLToPath(new URL('../cli/main.ts', import.meta.url)));
await import('./run.mjs');
