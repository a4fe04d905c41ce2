/** Functions of Trino that DuckDB lacks or spells otherwise. They belong to the database `memory`. */

const isoForm = (value: string, zone: string): string =>
  `case when microsecond(${value}) % 1000 = 0 then strftime(${value}, '%Y-%m-%dT%H:%M:%S.%g${zone}')
    else strftime(${value}, '%Y-%m-%dT%H:%M:%S.%f${zone}') end`;

const interval = `(case lower(unit)
  when 'millisecond' then to_milliseconds(number) when 'second' then to_seconds(number)
  when 'minute' then to_minutes(number) when 'hour' then to_hours(number)
  when 'day' then to_days(number::integer) when 'week' then to_weeks(number::integer)
  when 'month' then to_months(number::integer) when 'quarter' then to_quarters(number::integer)
  when 'year' then to_years(number::integer) else error('Unknown unit') end)`;

export const macros: readonly string[] = [
  'trino_json(x) as case when x is null then null else to_json(x) end',
  'json_format(x) as cast(x as varchar)',
  'json_parse(x) as json(x)',
  'json_extract_scalar(x, path) as json_extract_string(x, path)',
  `to_iso8601(x date) as strftime(x, '%Y-%m-%d'), (x timestamp) as ${isoForm('x', '')},
    (x timestamptz) as ${isoForm('x', 'Z')}`,
  'from_iso8601_timestamp(x) as cast(x as timestamptz)',
  'from_iso8601_date(x) as cast(x as date)',
  `date_add(unit varchar, number bigint, x date) as cast(x + ${interval} as date),
    (unit varchar, number bigint, x timestamp) as x + ${interval},
    (unit varchar, number bigint, x timestamptz) as x + ${interval}`,
  'from_unixtime(x) as to_timestamp(x)',
  'to_unixtime(x) as epoch(x)',
  'approx_distinct(x) as approx_count_distinct(x)',
  'to_utf8(x) as encode(x)',
  'from_utf8(x) as decode(x)',
  'arbitrary(x) as any_value(x)',
];
