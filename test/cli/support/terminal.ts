/** Loaded before the program: standard error says that it is a terminal of 100 columns. */
Object.assign(process.stderr, {
  isTTY: true,
  columns: 100,
  cursorTo: () => true,
  clearLine: () => true,
  moveCursor: () => true,
  getWindowSize: () => [100, 30],
});
process.env.TERM = 'xterm';
