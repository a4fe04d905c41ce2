/** The section `syncs` of a stage file: queries that run on a schedule, and how their rows become events. */
import * as z from 'zod/mini';
import { destinationName } from '../events/destination.ts';
import { lazily } from '../schema/lazy/lazily.ts';

/** Names that mean something else in messages, log lines and addresses. */
export const reservedSyncNames: readonly string[] = ['api', 'queue', 'collect', 'sync'];

/** Like a stage name, and short: names of schedules and logical ids are made of it. */
export const syncName = /^[a-z][a-z0-9-]{0,31}$/;

/** Athena's names of databases and tables (https://docs.aws.amazon.com/athena/latest/ug/tables-databases-columns-names.html). */
const database = /^[a-z0-9_]{1,128}$/;
/** https://docs.aws.amazon.com/athena/latest/APIReference/API_CreateWorkGroup.html */
const workgroup = /^[a-zA-Z0-9._-]{1,128}$/;
/** A folder of an S3 bucket; its objects and nothing else can be read or written. Without `*`, which would widen the right. */
const folder = /^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](?:\/[A-Za-z0-9!_.'()=-]+)*\/?$/;
/** https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html */
const schedule = /^(?:rate\([1-9]\d{0,3} (?:minutes?|hours?|days?)\)|cron\([0-9A-Za-z*?,/#L -]{11,100}\))$/;

const text = (pattern: RegExp, expected: string) =>
  z.string().check(z.regex(pattern, `expected ${expected}`));
const s3Folder = () => text(folder, 'a folder of S3 such as s3://my-bucket/orders');

function isTimeZone(name: string): boolean {
  try {
    return Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
const timeZone = () => z.string().check(z.refine(isTimeZone, 'expected a time zone such as Europe/Berlin'));

export const syncSchema = lazily(() =>
  z.strictObject({
    /** Where the query runs. Athena reaches other warehouses through its connectors. */
    engine: z.literal('athena'),
    workgroup: z._default(text(workgroup, 'the name of a workgroup'), 'primary'),
    /** A data source of Athena; any but the default is a connector or a federated catalog. */
    catalog: z._default(text(/^[\w-]{1,256}$/, 'the name of a data catalog'), 'AwsDataCatalog'),
    database: text(database, 'the name of a database: lower-case letters, digits and _'),
    /** The tables that the query reads; the role may read no others of the Glue catalog. */
    tables: z._default(z.array(text(/^[a-z0-9_]{1,128}$/, 'the name of a table')).check(z.maxLength(50)), []),
    /** Where the files of these tables are; the role may read nothing else in S3. */
    data: z._default(z.array(s3Folder()).check(z.maxLength(20)), []),
    /** Where Athena writes the result of a query, when the workgroup names no place of its own. */
    results: z.optional(s3Folder()),
    /** One SELECT statement. */
    query: z.string().check(z.trim(), z.minLength(1), z.maxLength(200_000)),
    /** Event field → JMESPath expression over the row; columns named like a field need none. */
    mapping: z._default(z.record(z.string(), z.unknown()), {}),
    /** Columns that do not fill the field of their name. */
    exclude: z._default(z.array(z.string()).check(z.maxLength(50)), []),
    /** Zone of times without an offset. */
    timezone: z._default(timeZone(), 'UTC'),
    /** A column that grows from row to row. Without it, each run sends every row of the query. */
    cursor: z.optional(z.string().check(z.minLength(1), z.maxLength(255))),
    /** Value of the cursor to start with. */
    from: z.optional(z.string().check(z.minLength(1), z.maxLength(255))),
    mode: z._default(z.enum(['insert', 'add']), 'insert'),
    /** With `mode: add`: the custom event that adds a member. */
    audience: z.optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(100))),
    /** Where rows go that name no destination. */
    destination: z._default(destinationName, 'default'),
    schedule: text(
      schedule,
      'rate(1 hour), or a cron expression of EventBridge Scheduler such as cron(0 6 * * ? *)',
    ),
    /** The zone of a cron expression. */
    scheduleTimezone: z._default(timeZone(), 'UTC'),
    /** Rejects a row when a value of it cannot be used, instead of leaving out the value. */
    strict: z._default(z.boolean(), false),
    /** Folder for rejected rows, as NDJSON. They contain personal data. Without it only their reasons are kept. */
    rejects: z.optional(s3Folder()),
    notices: z._default(
      z.strictObject({
        /** A run that rejects more than this share of its rows, in percent. */
        rejectedPercent: z._default(z.number().check(z.minimum(0), z.maximum(100)), 5),
        /** This many runs in a row without any row. 0 turns the notice off. */
        emptyRuns: z._default(z.int().check(z.minimum(0), z.maximum(1000)), 0),
      }),
      { rejectedPercent: 5, emptyRuns: 0 },
    ),
  }),
);

export type SyncSettings = z.infer<ReturnType<typeof syncSchema>>;

export const syncsSchema = lazily(() =>
  z.record(
    z
      .string()
      .check(
        z.regex(syncName, 'a name has 1 to 32 lower-case letters, digits and -, and starts with a letter'),
      ),
    syncSchema(),
  ),
);

export type Syncs = Readonly<Record<string, SyncSettings>>;

/** @returns one sentence for each rule that a sync breaks, with the settings named and their values left out */
export function syncProblems(name: string, { mode, audience, cursor, from }: SyncSettings): string[] {
  const at = `syncs.${name}`;
  const isAdd = mode === 'add';
  return [
    ...(isAdd && audience === undefined
      ? [`${at}.audience is missing: mode add needs the name of its event`]
      : []),
    ...(!isAdd && audience !== undefined ? [`${at}.audience belongs to mode add`] : []),
    ...(isAdd && cursor !== undefined
      ? [`${at}.cursor does not go with mode add, which remembers members`]
      : []),
    ...(from !== undefined && cursor === undefined
      ? [`${at}.from is a value of the cursor: add ${at}.cursor`]
      : []),
    ...(reservedSyncNames.includes(name) ? [`${at} needs another name: ${name} means something else`] : []),
  ];
}
