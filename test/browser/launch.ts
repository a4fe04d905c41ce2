/** A Chromium as users have it: no argument of it weakens the web's own security. */
import { type Browser, chromium } from 'playwright-core';

/**
 * CHROMIUM_PATH takes another Chromium; the packaged one runs on x64 Linux, with its own libraries where it is told it
 * is on Lambda.
 */
export async function launch(args: readonly string[] = []): Promise<Browser> {
  if (process.env.CHROMIUM_PATH)
    return chromium.launch({ executablePath: process.env.CHROMIUM_PATH, args: [...args], headless: true });
  process.env.AWS_EXECUTION_ENV = 'AWS_Lambda_nodejs24.x';
  const { default: packaged } = await import('@sparticuz/chromium');
  const executablePath = await packaged.executablePath();
  delete process.env.AWS_EXECUTION_ENV;
  // Not the package's own arguments: one process ends with its first page, and web security must be as users have it.
  const own = ['--no-sandbox', '--disable-gpu'];
  return chromium.launch({ executablePath, args: [...own, ...args], headless: true });
}
