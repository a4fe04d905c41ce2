/** An execution as GetQueryExecution answers it. */
import type { Execution } from './executions.ts';

const seconds = (milliseconds: number): number => milliseconds / 1000;

export function describeExecution(execution: Execution): object {
  const { id, query, workgroup, outputFolder } = execution;
  return {
    QueryExecutionId: id,
    Query: query.sql,
    StatementType: 'DML',
    SubstatementType: 'SELECT',
    ResultConfiguration: { OutputLocation: `${outputFolder}${id}.csv` },
    QueryExecutionContext: { Database: query.database, Catalog: query.catalog.toLowerCase() },
    Status: statusOf(execution),
    Statistics: statisticsOf(execution),
    WorkGroup: workgroup,
    EngineVersion: {
      SelectedEngineVersion: 'AUTO',
      EffectiveEngineVersion: 'Athena engine version 3',
    },
  };
}

function statusOf({ state, reason, error, submittedAt, completedAt }: Execution): object {
  return {
    State: state,
    StateChangeReason: reason,
    SubmissionDateTime: seconds(submittedAt),
    CompletionDateTime: completedAt && seconds(completedAt),
    AthenaError: error && {
      ErrorCategory: error.category,
      ErrorType: error.type,
      Retryable: error.retryable,
      ErrorMessage: reason,
    },
  };
}

function statisticsOf({ submittedAt, startedAt, completedAt, result }: Execution): object {
  const now = Date.now();
  const end = completedAt ?? now;
  return {
    EngineExecutionTimeInMillis: startedAt === undefined ? undefined : end - startedAt,
    DataScannedInBytes: result?.bytesScanned ?? 0,
    TotalExecutionTimeInMillis: end - submittedAt,
    QueryQueueTimeInMillis: (startedAt ?? end) - submittedAt,
    ServiceProcessingTimeInMillis: 0,
    ResultReuseInformation: { ReusedPreviousResult: false },
  };
}
