/**
 * `npm run bench:outage`: `npm start` with the settings of a stage, in real time, through an outage of TikTok. It measures how
 * long after its post each event reached TikTok.
 */
import { failUsage, readProgramOptions } from '../../scripts/program-options.ts';
import { startGatewayProcess } from './gateway.ts';
import { ageSummary, type Sent } from './summary.ts';

const usage = `Usage: npm run bench:outage -- [options]

Runs npm start in real time through an outage of TikTok, and measures how long each event took.

  --stage <name>     whose delivery settings (prod)
  --kind <name>      503, or stall for calls without an answer (503)
  --seconds <n>      how long the outage is (180)
  --rate <n>         events a second (5)
  --alone            each event in a call of its own
  --json             prints the figures as JSON
  --help             prints this text

Exit code 0: every event arrived within five minutes. 1: one did not. 2: wrong options.`;

const options = readProgramOptions(usage, {
  stage: { type: 'string', default: 'prod' },
  kind: { type: 'string', default: '503' },
  seconds: { type: 'string', default: '180' },
  rate: { type: 'string', default: '5' },
  alone: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
});

const faults: Readonly<Record<string, object>> = {
  503: { kind: 'status', status: 503 },
  stall: { kind: 'stall' },
};
const fault = faults[options.kind] ?? {};
const [seconds, rate] = [Number(options.seconds), Number(options.rate)];
if (!(options.kind in faults) || !(seconds > 0) || !(rate > 0)) {
  failUsage('--kind must be 503 or stall, --seconds and --rate numbers above 0.');
}

/** TikTok answers in this time when it is up. */
const answerMs = 300;
const beforeMs = 20_000;
const afterMs = 60_000;
/** After the last event; promise 11 allows five minutes. */
const patienceMs = 600_000;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));
const say = (text: string): void => console.error(`${text} …`);

async function run() {
  const gateway = await startGatewayProcess(options.stage);
  const sent = new Map<string, Sent>();
  const outageMs = seconds * 1000;
  try {
    await gateway.setFaults([{ kind: 'slow', ms: answerMs }]);
    const startedAtMs = Date.now();
    const totalMs = beforeMs + outageMs + afterMs;
    const outage = { fromMs: startedAtMs + beforeMs, untilMs: startedAtMs + beforeMs + outageMs };
    const disturb = async () => {
      await pause(beforeMs);
      say(`outage of ${seconds} s`);
      await gateway.setFaults([fault]);
      await pause(outage.untilMs - Date.now());
      say('TikTok is up again');
      await gateway.setFaults([{ kind: 'slow', ms: answerMs }]);
    };
    const post = async (number: number) => {
      await pause(startedAtMs + (number / rate) * 1000 - Date.now());
      const id = `outage-${number}`;
      sent.set(id, { atMs: Date.now(), arrivedAtMs: undefined });
      await gateway.post(id, options.alone);
    };
    const disturbing = disturb();
    const posts = Array.from({ length: Math.ceil((totalMs / 1000) * rate) }, (_, number) => post(number));
    const endMs = startedAtMs + totalMs + patienceMs;
    const isOver = () => [...sent.values()].every(({ arrivedAtMs }) => arrivedAtMs !== undefined);
    while (Date.now() < startedAtMs + totalMs || (!isOver() && Date.now() < endMs)) {
      await pause(500);
      for (const { id, atMs } of await gateway.arrived()) {
        const event = sent.get(id);
        if (event !== undefined) event.arrivedAtMs ??= atMs;
      }
    }
    await Promise.all([...posts, disturbing]);
    return ageSummary([...sent.values()], outage);
  } finally {
    await gateway.stop();
  }
}

const summary = { ...options, seconds, rate, ...(await run()) };
if (options.json) console.log(JSON.stringify(summary));
else for (const [name, value] of Object.entries(summary)) console.log(`${name.padEnd(24)} ${value}`);
if (summary.inFiveMinutes < summary.events) process.exitCode = 1;
