/** Opens a page in the browser of the person at the keyboard, where there is one; elsewhere the printed link must do. */

export function isDesktop(environment: NodeJS.ProcessEnv, isTerminal: boolean, platform: string): boolean {
  if (!isTerminal || environment.CI || environment.SSH_CONNECTION || environment.SSH_TTY) return false;
  if (platform === 'darwin' || platform === 'win32') return true;
  return Boolean(environment.DISPLAY || environment.WAYLAND_DISPLAY);
}

/** Never rejects: a browser that does not open is no fault of the command. */
export async function openBrowser(url: string): Promise<void> {
  if (!isDesktop(process.env, process.stdout.isTTY === true, process.platform)) return;
  try {
    const { default: open } = await import('open');
    const browser = await open(url);
    browser.on('error', () => undefined);
  } catch {
    // The link is printed as well.
  }
}
