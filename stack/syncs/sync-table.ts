/** The table in which the function `sync` remembers its position, its runs and the members of audiences. */
import { syncTableName } from '../../lib/config/names.ts';
import type { StageSettings } from '../../lib/config/stage.ts';
import { type Resources, retained } from '../cloudformation.ts';
import { functionsOf } from '../names.ts';

export function syncTable(stage: StageSettings, stageName: string): Resources {
  if (!functionsOf(stage).includes('sync')) return {};
  return {
    SyncTable: {
      Type: 'AWS::DynamoDB::Table',
      // Without what it holds, the first run of a new table would send every row again.
      ...retained,
      Properties: {
        TableName: syncTableName(stageName),
        // Costs nothing while nothing runs.
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [
          { AttributeName: 'sync', AttributeType: 'S' },
          { AttributeName: 'item', AttributeType: 'S' },
        ],
        KeySchema: [
          { AttributeName: 'sync', KeyType: 'HASH' },
          { AttributeName: 'item', KeyType: 'RANGE' },
        ],
        TimeToLiveSpecification: { AttributeName: 'expires_at', Enabled: true },
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        ...encryption(stage),
      },
    },
  };
}

/** Without a key of the customer, DynamoDB encrypts with its own. */
const encryption = ({ kmsKeyArn }: StageSettings) =>
  kmsKeyArn ? { SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: kmsKeyArn } } : {};
