/** A handler that does as its event says; it counts its calls, which shows when it is a new process. */
let calls = 0;

export async function handler({ command }, context) {
  calls += 1;
  if (command === 'throw') throw new TypeError('thrown');
  if (command === 'exit') process.exit(3);
  if (command) console.log(command);
  if (command === 'hang') for (;;);
  return { calls, pid: process.pid, stage: process.env.STAGE, left: context.getRemainingTimeInMillis() };
}
