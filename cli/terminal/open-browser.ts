/** Opens a page in the user's browser on a desktop. Elsewhere the user opens the printed link. */
import { type Terminal, terminal } from './io.ts';

export function isDesktop(environment: Terminal['env'], isTerminal: boolean, platform: string): boolean {
  if (!isTerminal || environment.CI || environment.SSH_CONNECTION || environment.SSH_TTY) return false;
  if (platform === 'darwin' || platform === 'win32') return true;
  return Boolean(environment.DISPLAY || environment.WAYLAND_DISPLAY);
}

/** Never rejects: a browser that does not open is no fault of the command. */
export async function openBrowser(url: string): Promise<void> {
  const { env, stdout } = terminal();
  if (!isDesktop(env, stdout.isTTY === true, process.platform)) return;
  try {
    const { default: open } = await import('open');
    const browser = await open(url);
    browser.on('error', () => undefined);
  } catch {
    // The printed link is enough.
  }
}
