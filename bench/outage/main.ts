/**
 * `npm run bench:outage`: `npm start` with the settings of a stage, in real time, through an outage of TikTok. It measures how
 * long after its post each event reached TikTok. Options: `--stage prod`, `--kind 503` or `stall`, `--seconds 180`,
 * `--rate 5` events a second, `--alone` for a test event code of its own for each event, `--json` for machines.
 */
import { parseArgs } from 'node:util';
import { startGatewayProcess } from './gateway.ts';
import { ageSummary, type Sent } from './summary.ts';

const { values: options } = parseArgs({
  options: {
    stage: { type: 'string', default: 'prod' },
    kind: { type: 'string', default: '503' },
    seconds: { type: 'string', default: '180' },
    rate: { type: 'string', default: '5' },
    alone: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});

const faults: Readonly<Record<string, object>> = {
  503: { kind: 'status', status: 503 },
  stall: { kind: 'stall' },
};
const fault = faults[options.kind] ?? {};
const [seconds, rate] = [Number(options.seconds), Number(options.rate)];
if (!(options.kind in faults) || !(seconds > 0) || !(rate > 0)) {
  console.error('--kind must be 503 or stall, --seconds and --rate numbers above 0.');
  process.exit(2);
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
