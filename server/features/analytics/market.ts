// ClickHouse queries of demand across organizations. What is told are sums of cells, a cell being one product (or the
// words of one search) in one whole week. A cell is told only when at least five organizations stand behind it that the
// reader does not belong to; by kind of user only when that holds for every kind of user in it. So the difference of any
// two answers is again a sum of such cells: periods and filters cannot be subtracted down to one organization.
import { USER_TYPES } from '../../../contract/accounts.ts';
import type { ClickHouse } from '../../platform/clickhouse.ts';
import type { Statement } from './clickhouse.ts';

export interface MarketFilter {
  /** A Monday, and the Sunday of the same or a later week. */
  from: string;
  to: string;
  user_type?: string | undefined;
  /** Organizations that are never part of the figures: the maker's. */
  left_out: string[];
  /** The reader's organizations: in the figures, but not among the five. */
  own: string[];
  smallest_group: number;
}

interface Cells {
  table: string;
  key: string;
  week: string;
  date: string;
  count: string;
}
const PRODUCTS: Cells = {
  table: 'demand_weekly',
  key: 'product_id',
  week: 'week',
  date: 'week',
  count: 'views',
};
const SEARCHES: Cells = {
  table: 'empty_searches_daily',
  key: 'query',
  week: 'toMonday(date)',
  date: 'date',
  count: 'searches',
};

/** The kinds of user, and the empty one of rows that name none. */
const KINDS = [...USER_TYPES, ''];

const NOBODY = "toUUID('00000000-0000-0000-0000-000000000000')";

export function marketStatement(
  what: 'products' | 'searches',
  filter: MarketFilter,
  limit: number,
): Statement {
  const { table, key, week, date, count } = what === 'products' ? PRODUCTS : SEARCHES;
  // Exact up to the number that matters, and above it only "more".
  const enough = (of = '1') =>
    `uniqUpToIf(${Math.trunc(filter.smallest_group)})(organization_id, ${of} AND NOT has({own:Array(UUID)}, organization_id)) >= {smallest_group:UInt32}`;
  // One look at the rows decides on every kind in a cell; a cell with a kind that nobody knows is not told.
  const everyKind = KINDS.map(
    (kind) => `(countIf(user_type = '${kind}') = 0 OR ${enough(`user_type = '${kind}'`)})`,
  );
  const known = `countIf(user_type NOT IN (${KINDS.map((kind) => `'${kind}'`).join(', ')})) = 0`;
  const [n, told] =
    filter.user_type === undefined
      ? [`sum(${count})`, enough()]
      : [`sumIf(${count}, user_type = {user_type:String})`, [known, ...everyKind].join(' AND ')];
  return {
    sql: `SELECT toString(thing) AS thing, count, complete FROM (
       SELECT thing, sumIf(n, told) AS count, min(min(told)) OVER () AS complete FROM (
         SELECT ${key} AS thing, ${n} AS n, ${told} AS told FROM ${table}
         WHERE ${date} BETWEEN {from:Date} AND {to:Date}
           AND organization_id != ${NOBODY} AND NOT has({left_out:Array(UUID)}, organization_id)
         GROUP BY thing, ${week} HAVING n > 0)
       GROUP BY thing)
     ORDER BY count DESC, thing LIMIT {limit:UInt32}`,
    params: {
      from: filter.from,
      to: filter.to,
      left_out: filter.left_out,
      own: filter.own,
      smallest_group: filter.smallest_group,
      limit,
      ...(filter.user_type === undefined ? {} : { user_type: filter.user_type }),
    },
  };
}

/** The most demanded things, and whether any cell of the period was withheld. */
export async function acrossOrganizations(
  clickhouse: ClickHouse,
  what: 'products' | 'searches',
  filter: MarketFilter,
  limit: number,
): Promise<{ rows: { thing: string; count: number }[]; withheld: boolean }> {
  const { sql, params } = marketStatement(what, filter, limit);
  const read = await clickhouse.query<{ thing: string; count: number; complete: number }>(sql, params);
  return {
    rows: read.filter((row) => row.count > 0).map(({ thing, count }) => ({ thing, count })),
    withheld: read.some((row) => !row.complete),
  };
}

/** The whole weeks (Monday to Sunday) inside a period that are over; undefined where there is none. */
export function wholeWeeks(
  from: string,
  to: string,
  today: string,
): { from: string; to: string } | undefined {
  const DAY = 86_400_000;
  const weekday = (time: number) => (new Date(time).getUTCDay() + 6) % 7;
  const start = Date.parse(from) + ((7 - weekday(Date.parse(from))) % 7) * DAY;
  const last = Math.min(Date.parse(to), Date.parse(today) - DAY);
  const end = last - ((weekday(last) + 1) % 7) * DAY;
  if (end < start) return undefined;
  return { from: new Date(start).toISOString().slice(0, 10), to: new Date(end).toISOString().slice(0, 10) };
}
