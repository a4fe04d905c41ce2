/** The log group of the journal lines that operators write: replayed and discarded dead letters. */
import { operatorLogGroup } from '../lib/config/names.ts';
import type { StageSettings } from '../lib/config/stage.ts';
import type { Resources } from './cloudformation.ts';

/** Kept as long as the log groups of the functions, because one story needs the lines of all of them. */
export const operatorLog = ({ logs }: StageSettings, stageName: string): Resources => ({
  OperatorLogGroup: {
    Type: 'AWS::Logs::LogGroup',
    Properties: { LogGroupName: operatorLogGroup(stageName), RetentionInDays: logs.retentionDays },
  },
});
