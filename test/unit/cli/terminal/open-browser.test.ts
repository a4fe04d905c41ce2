import { expect, test } from 'vitest';
import { isDesktop } from '../../../../cli/terminal/open-browser.ts';

test.each([
  ['a Mac', {}, true, 'darwin', true],
  ['a Linux desktop', { DISPLAY: ':0' }, true, 'linux', true],
  ['a Wayland desktop', { WAYLAND_DISPLAY: 'wayland-0' }, true, 'linux', true],
  ['a Linux server', {}, true, 'linux', false],
  ['a remote shell', { DISPLAY: ':10', SSH_CONNECTION: 'x' }, true, 'linux', false],
  ['a build server', { CI: 'true' }, true, 'darwin', false],
  ['a pipe', {}, false, 'darwin', false],
])('decides whether to open a browser on %s', (_, environment, isTerminal, platform, expected) => {
  expect(isDesktop(environment, isTerminal, platform)).toBe(expected);
});
