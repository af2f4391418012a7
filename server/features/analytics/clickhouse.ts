// ClickHouse queries of the analytics page. Every one is limited to a period and to what its reader may see.
import type { ClickHouse } from '../../platform/clickhouse.ts';

/** Whose events: everybody's (administrators), or those of some organizations and one's own without one. */
export type Scope = { everybody: true } | { everybody: false; organization_ids: string[]; user_id: string };

export interface Period {
  from: string;
  to: string;
}

const NOBODY = '00000000-0000-0000-0000-000000000000';

function paramsOf(scope: Scope, period: Period): Record<string, unknown> {
  return scope.everybody
    ? { ...period }
    : {
        ...period,
        organization_ids: scope.organization_ids.length > 0 ? scope.organization_ids : [NOBODY],
        user_id: scope.user_id,
      };
}

const PERIOD = 'date BETWEEN {from:Date} AND {to:Date}';
const inOrganizations = (scope: Scope) =>
  scope.everybody ? '1' : 'organization_id IN {organization_ids:Array(UUID)}';
const inOrganizationsOrOwn = (scope: Scope) =>
  scope.everybody
    ? '1'
    : '(organization_id IN {organization_ids:Array(UUID)} OR (organization_id IS NULL AND user_id = {user_id:UUID}))';

export interface UsageRow {
  date: string;
  page_views: number;
  actions: number;
  errors: number;
  sessions: number;
}

/** From the daily sums, which outlive the events themselves. */
export async function usageByDay(clickhouse: ClickHouse, scope: Scope, period: Period): Promise<UsageRow[]> {
  return await clickhouse.query<UsageRow>(
    `SELECT date,
       sumIf(events, event_type = 'page_view') AS page_views,
       sumIf(events, event_type = 'action') AS actions,
       sumIf(events, event_type = 'error') AS errors,
       uniqMerge(sessions) AS sessions
     FROM events_daily WHERE ${PERIOD} AND ${inOrganizations(scope)}
     GROUP BY date ORDER BY date`,
    paramsOf(scope, period),
  );
}

/** Projects by the furthest-reaching events they had; a project counts once per event name. */
export async function projectsByEvent(
  clickhouse: ClickHouse,
  scope: Scope,
  period: Period,
  names: string[],
): Promise<{ event_name: string; projects: number }[]> {
  return await clickhouse.query<{ event_name: string; projects: number }>(
    `SELECT event_name, uniqExact(project_id) AS projects
     FROM events WHERE ${PERIOD} AND event_name IN {names:Array(String)} AND isNotNull(project_id) AND ${inOrganizationsOrOwn(scope)}
     GROUP BY event_name`,
    { ...paramsOf(scope, period), names },
  );
}

export async function mostViewedProducts(
  clickhouse: ClickHouse,
  scope: Scope,
  period: Period,
  limit: number,
): Promise<{ product_id: string; views: number; people: number }[]> {
  return await clickhouse.query<{ product_id: string; views: number; people: number }>(
    `SELECT toString(product_id) AS product_id, count() AS views, uniqExact(ifNull(user_id, session_id)) AS people
     FROM product_views WHERE ${PERIOD} AND ${inOrganizationsOrOwn(scope)}
     GROUP BY product_id ORDER BY views DESC, product_id LIMIT {limit:UInt32}`,
    { ...paramsOf(scope, period), limit },
  );
}

export async function searchesWithoutResult(
  clickhouse: ClickHouse,
  scope: Scope,
  period: Period,
  limit: number,
): Promise<{ query: string; count: number }[]> {
  return await clickhouse.query<{ query: string; count: number }>(
    `SELECT lower(JSONExtractString(properties, 'query')) AS query, count() AS count
     FROM events WHERE ${PERIOD} AND event_name = 'search_no_result' AND ${inOrganizationsOrOwn(scope)}
     GROUP BY query HAVING query != '' ORDER BY count DESC, query LIMIT {limit:UInt32}`,
    { ...paramsOf(scope, period), limit },
  );
}
