/** Reads and checks a stage file and prints, as JSON, everything that serverless.yml uses from it. */
import { deploymentProblems, deploymentWarnings } from '../lib/config/deployment-problems.ts';
import { checkMappings, readStage, StageError } from '../lib/config/read-stage.ts';
import type { StageSettings } from '../lib/config/stage.ts';
import { stageFileName } from '../lib/config/stage-file.ts';
import { maxCallsInFlight } from '../lib/delivery/pace.ts';
import { alarms } from './alarms/alarms.ts';
import { accessLog } from './api/access-log.ts';
import { domain } from './api/domain.ts';
import { checkWebhookRoutes, collectRoutes, ingestRoutes, type Route, webhookRoutes } from './api/routes.ts';
import type { Resources } from './cloudformation.ts';
import { dashboard } from './dashboard/dashboard.ts';
import { environments } from './environment.ts';
import { extensions } from './extensions.ts';
import { alarmName, functionsOf } from './names.ts';
import { operatorLog } from './operator-log.ts';
import { outputs } from './outputs.ts';
import { pipelines } from './queues/pipelines.ts';
import { queues } from './queues/queues.ts';
import { roles } from './roles.ts';
import { secrets } from './secrets.ts';
import { checkSyncs } from './syncs/check-syncs.ts';
import { schedules } from './syncs/schedules.ts';
import { syncTable } from './syncs/sync-table.ts';

/** The fastest answer of TikTok that was ever measured. A consumer waits for each answer. */
const fastestCallSeconds = 0.1;

/** @throws StageError when the settings cannot become a stack */
export async function compileStage(stage: StageSettings, stageName: string) {
  await checkMappings(stage, stageFileName(stageName));
  checkWebhookRoutes(stage, stageName);
  checkSyncs(stage, stageName);
  const alarmResources = alarms(stage, stageName);
  const alarmNames = Object.values(alarmResources).flatMap(({ Properties }) =>
    typeof Properties.AlarmName === 'string' ? [Properties.AlarmName] : [],
  );
  const resources: Resources = {
    ...queues(stage, stageName),
    ...secrets(stage, stageName),
    ...roles(stage, stageName),
    ...syncTable(stage, stageName),
    ...schedules(stage, stageName),
    ...pipelines(stage),
    ...domain(stage),
    ...accessLog(stageName),
    ...operatorLog(stage, stageName),
    ...alarmResources,
    ...dashboard(stageName, alarmNames, functionsOf(stage)),
  };
  return {
    terminationProtection: stage.terminationProtection,
    deployment: {
      region: stage.region,
      problems: deploymentProblems(stage),
      warnings: deploymentWarnings(stage),
      accountId: stage.accountId,
      rollbackOnAlarm: {
        minutes: stage.rollbackOnAlarm?.minutes,
        alarms: ['deliver-errors', 'server-errors'].map((name) => alarmName(stageName, name)),
      },
    },
    memoryMb: stage.memoryMb,
    logs: {
      level: stage.logs.level,
      retentionDays: stage.logs.retentionDays,
      systemLevel: stage.logs.platformLines ? 'INFO' : 'WARN',
    },
    deliver: {
      timeoutSeconds: stage.delivery.timeoutSeconds,
      windowSeconds: stage.delivery.windowSeconds,
      maximumConcurrency: pacedConcurrency(stage),
    },
    // Otherwise, callers of the default host name would bypass the protection of the custom domain.
    disableDefaultEndpoint: stage.api.domain !== undefined && !stage.api.domain.keepDefaultEndpoint,
    ingestEvents: eventsOf(ingestRoutes(stage)),
    webhookEvents: eventsOf(webhookRoutes(stage)),
    collectEvents: eventsOf(collectRoutes(stage)),
    functions: functionsOf(stage),
    environment: environments(stage, stageName),
    resources: {
      Resources: resources,
      Outputs: outputs(stage, stageName),
      extensions: extensions(stage),
    },
  };
}

const eventsOf = (routes: readonly Route[]) => routes.map(({ key }) => ({ httpApi: key }));

/** The most consumers that keep to `tiktokCallsPerSecond`; Lambda's minimum is 2. */
export function pacedConcurrency({ delivery, destinations }: StageSettings): number {
  const callsAtOnce = Math.min(maxCallsInFlight, Object.keys(destinations).length);
  const paced = Math.floor((delivery.tiktokCallsPerSecond * fastestCallSeconds) / callsAtOnce);
  return Math.max(2, Math.min(delivery.maximumConcurrency, paced));
}

if (import.meta.main) {
  try {
    const stageName = process.argv[2] ?? '';
    process.stdout.write(JSON.stringify(await compileStage(readStage(stageName), stageName)));
  } catch (error) {
    if (!(error instanceof StageError)) throw error;
    process.stderr.write(error.message);
    process.exitCode = 1;
  }
}
