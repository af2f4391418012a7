// ClickHouse queries of the dashboards. Every one is limited to a period and to the organizations its reader may see, and
// reads daily sums; `*_ON_EVENTS` in bench/analytics.ts ask the same of the events themselves.
import type { ClickHouse } from '../../platform/clickhouse.ts';

/** Whose events: everybody's (administrators, for usage only), or those of some organizations. */
export type Scope = { everybody: true } | { everybody: false; organization_ids: string[] };

export interface Filter {
  from: string;
  to: string;
  user_type?: string | undefined;
}

export interface Statement {
  sql: string;
  params: Record<string, unknown>;
}

const NOBODY = '00000000-0000-0000-0000-000000000000';
const orNobody = (ids: string[]) => (ids.length > 0 ? ids : [NOBODY]);

function paramsOf(scope: Scope, filter: Filter): Record<string, unknown> {
  return {
    ...filter,
    ...(scope.everybody ? {} : { organization_ids: orNobody(scope.organization_ids) }),
  };
}

const PERIOD = 'date BETWEEN {from:Date} AND {to:Date}';
const inOrganizations = (scope: Scope) =>
  scope.everybody ? '1' : 'organization_id IN {organization_ids:Array(UUID)}';
const ofType = (filter: Filter) => (filter.user_type === undefined ? '1' : 'user_type = {user_type:String}');

async function run<T>(clickhouse: ClickHouse, { sql, params }: Statement): Promise<T[]> {
  return await clickhouse.query<T>(sql, params);
}

export interface UsageRow {
  date: string;
  page_views: number;
  actions: number;
  errors: number;
  sessions: number;
}

export function usageStatement(scope: Scope, filter: Filter): Statement {
  return {
    sql: `SELECT date, sum(u.page_views) AS page_views, sum(u.actions) AS actions, sum(u.errors) AS errors,
       ${scope.everybody ? 'uniqCombinedMerge(13)' : 'uniqMerge'}(u.sessions) AS sessions
     FROM ${scope.everybody ? 'usage_daily_all' : 'usage_daily'} AS u
     WHERE ${PERIOD} AND ${inOrganizations(scope)} AND ${ofType(filter)}
     GROUP BY date ORDER BY date`,
    params: paramsOf(scope, filter),
  };
}
export const usageByDay = (clickhouse: ClickHouse, scope: Scope, filter: Filter) =>
  run<UsageRow>(clickhouse, usageStatement(scope, filter));

/** The projects a reader sees: those of organizations, and own ones without any. */
export interface ProjectScope {
  organization_ids: string[];
  project_ids: string[];
}

const OF_PROJECTS = `(organization_id IN {organization_ids:Array(UUID)}
  OR (organization_id = toUUID('${NOBODY}') AND project_id IN {project_ids:Array(UUID)}))`;

function projectParams(scope: ProjectScope, filter: Filter): Record<string, unknown> {
  return {
    ...filter,
    organization_ids: orNobody(scope.organization_ids).filter(
      (id) => id !== NOBODY || scope.organization_ids.length === 0,
    ),
    project_ids: orNobody(scope.project_ids),
  };
}

/** One row a project: when it first was at each step; times that never came are the epoch. */
function projectTimes(filter: Filter, source = 'project_steps'): string {
  const at = (column: string, steps: string[]) =>
    `minIf(first_at, step IN (${steps.map((step) => `'${step}'`).join(', ')})) AS ${column}`;
  return `SELECT project_id,
      ${at('created_at', ['project_created', 'project_imported'])},
      ${at('brief_at', ['message_sent'])},
      ${at('uploaded_at', ['floor_plan_uploaded'])},
      ${at('plan_at', ['floor_plan_analyzed'])},
      ${at('furniture_at', ['recommendation_created'])},
      ${at('budget_at', ['scenario_selected'])},
      ${at('decided_at', ['recommendation_approved', 'recommendation_rejected'])},
      ${at('approved_at', ['project_approved'])}
    FROM ${source} WHERE ${OF_PROJECTS}
    GROUP BY project_id
    ${filter.user_type === undefined ? '' : "HAVING anyIf(user_type, step IN ('project_created', 'project_imported')) = {user_type:String}"}`;
}

export interface FunnelCounts {
  created: number;
  brief: number;
  plan: number;
  furniture: number;
  budget: number;
  approved: number;
}
const FUNNEL_STEPS = ['brief', 'plan', 'furniture', 'budget', 'approved'] as const;

/** Projects begun in the period; one that reached a later step has passed the earlier ones. */
export function funnelStatement(scope: ProjectScope, filter: Filter, source?: string): Statement {
  const reached = FUNNEL_STEPS.map((step, index) => {
    const furthest = FUNNEL_STEPS.slice(index).map((later) => `toUnixTimestamp(${later}_at) > 0`);
    return `countIf(${furthest.join(' OR ')}) AS ${step}`;
  });
  return {
    sql: `SELECT count() AS created, ${reached.join(', ')} FROM (${projectTimes(filter, source)})
     WHERE toDate(created_at) BETWEEN {from:Date} AND {to:Date}`,
    params: projectParams(scope, filter),
  };
}
export async function funnelCounts(clickhouse: ClickHouse, scope: ProjectScope, filter: Filter) {
  return (await run<FunnelCounts>(clickhouse, funnelStatement(scope, filter)))[0];
}

/** From when to when each stage is measured. */
export const STAGES = [
  { stage: 'plan', label: 'Upload to rooms', from: 'uploaded_at', to: 'plan_at' },
  { stage: 'recommendation', label: 'Brief to recommendation', from: 'brief_at', to: 'furniture_at' },
  { stage: 'decision', label: 'Recommendation to decision', from: 'furniture_at', to: 'decided_at' },
  { stage: 'approval', label: 'Project begun to approval', from: 'created_at', to: 'approved_at' },
] as const;

export interface TurnaroundRow {
  stage: string;
  projects: number;
  median: number | null;
  p90: number | null;
}

/** Seconds from step to step, of projects that arrived in the period; interpolated quantiles. */
export function turnaroundStatement(scope: ProjectScope, filter: Filter, source?: string): Statement {
  const arrived = STAGES.map(
    ({ stage, from, to }) =>
      `('${stage}', toUnixTimestamp(${from}) > 0 AND ${to} >= ${from} AND toDate(${to}) BETWEEN {from:Date} AND {to:Date}, dateDiff('millisecond', ${from}, ${to}) / 1000)`,
  );
  return {
    sql: `SELECT s.1 AS stage, count() AS projects, quantileExactInclusive(0.5)(s.3) AS median, quantileExactInclusive(0.9)(s.3) AS p90
     FROM (${projectTimes(filter, source)}) ARRAY JOIN [${arrived.join(', ')}] AS s
     WHERE s.2 GROUP BY stage`,
    params: projectParams(scope, filter),
  };
}
export const turnaround = (clickhouse: ClickHouse, scope: ProjectScope, filter: Filter) =>
  run<TurnaroundRow>(clickhouse, turnaroundStatement(scope, filter));

export function productsStatement(scope: Scope, filter: Filter, limit: number): Statement {
  return {
    sql: `SELECT toString(product_id) AS product_id, sum(d.views) AS views, uniqMerge(d.people) AS people
     FROM demand_daily AS d WHERE ${PERIOD} AND ${inOrganizations(scope)} AND ${ofType(filter)}
     GROUP BY product_id ORDER BY views DESC, product_id LIMIT {limit:UInt32}`,
    params: { ...paramsOf(scope, filter), limit },
  };
}
export const mostViewedProducts = (clickhouse: ClickHouse, scope: Scope, filter: Filter, limit: number) =>
  run<{ product_id: string; views: number; people: number }>(
    clickhouse,
    productsStatement(scope, filter, limit),
  );

export function searchesStatement(scope: Scope, filter: Filter, limit: number): Statement {
  return {
    sql: `SELECT query, sum(searches) AS count
     FROM empty_searches_daily WHERE ${PERIOD} AND ${inOrganizations(scope)} AND ${ofType(filter)}
     GROUP BY query ORDER BY count DESC, query LIMIT {limit:UInt32}`,
    params: { ...paramsOf(scope, filter), limit },
  };
}
export const searchesWithoutResult = (clickhouse: ClickHouse, scope: Scope, filter: Filter, limit: number) =>
  run<{ query: string; count: number }>(clickhouse, searchesStatement(scope, filter, limit));

export function searchClassesStatement(scope: Scope, filter: Filter): Statement {
  return {
    sql: `SELECT query_class, sum(searches) AS count
     FROM empty_search_kinds_daily WHERE ${PERIOD} AND ${inOrganizations(scope)} AND ${ofType(filter)}
     GROUP BY query_class ORDER BY count DESC, query_class`,
    params: paramsOf(scope, filter),
  };
}
export const searchClasses = (clickhouse: ClickHouse, scope: Scope, filter: Filter) =>
  run<{ query_class: string; count: number }>(clickhouse, searchClassesStatement(scope, filter));

export interface Outcomes {
  presented: number;
  viewed: number;
  modified: number;
  approved: number;
  rejected: number;
  median_minutes: number | null;
  average_rating: number | null;
  rated: number;
}

/**
 * What became of the recommendations that were presented in the period: the view recommendation_outcomes, with the
 * projects chosen before the steps are put together.
 */
export function outcomesStatement(scope: ProjectScope, filter: Filter): Statement {
  const projects =
    filter.user_type === undefined
      ? `SELECT project_id FROM project_steps WHERE ${OF_PROJECTS}`
      : `SELECT project_id FROM (${projectTimes(filter)})`;
  return {
    sql: `SELECT count() AS presented, countIf(isNotNull(viewed)) AS viewed, countIf(isNotNull(modified)) AS modified,
       countIf(isNotNull(approved_last) AND ifNull(rejected_last < approved_last, 1)) AS approved,
       countIf(isNotNull(rejected_last) AND ifNull(approved_last <= rejected_last, 1)) AS rejected,
       quantileExactInclusiveOrNull(0.5)(minutes) AS median_minutes,
       avg(rating) AS average_rating, count(rating) AS rated
     FROM (
       SELECT min(viewed_at) AS viewed, max(modified_at) AS modified, max(approved_at) AS approved_last, max(rejected_at) AS rejected_last,
         argMax(time_to_decision_minutes, step) AS minutes, argMax(user_rating, step) AS rating
       FROM (
         SELECT *, greatest(presented_at, ifNull(viewed_at, presented_at), ifNull(modified_at, presented_at),
           ifNull(approved_at, presented_at), ifNull(rejected_at, presented_at)) AS step
         FROM recommendation_metrics WHERE ${PERIOD} AND project_id IN (${projects})
       ) GROUP BY recommendation_id)`,
    params: projectParams(scope, filter),
  };
}
export async function outcomes(clickhouse: ClickHouse, scope: ProjectScope, filter: Filter) {
  return (await run<Outcomes>(clickhouse, outcomesStatement(scope, filter)))[0];
}

export interface Letter {
  stream: string;
  payload: string;
  made_by_server: boolean;
  user_id: string | null;
  organization_id: string | null;
  received_at: string;
  /** Of what was refused and why; the same entry that was refused twice has one. */
  key: string;
}

/** Refused events, newest first; `after` is the last one of the page before. */
export async function lettersPage(
  clickhouse: ClickHouse,
  limit: number,
  after: Letter | undefined,
): Promise<Letter[]> {
  return await clickhouse.query<Letter>(
    `SELECT stream, payload, made_by_server, user_id, organization_id, replaceOne(toString(received_at), ' ', 'T') || 'Z' AS received_at,
       toString(cityHash64(stream, reason, payload)) AS key
     FROM event_dead_letters AS l
     ${after === undefined ? '' : `WHERE (l.received_at, cityHash64(l.stream, l.reason, l.payload)) < (parseDateTime64BestEffort({at:String}, 3, 'UTC'), {key:UInt64})`}
     ORDER BY l.received_at DESC, cityHash64(l.stream, l.reason, l.payload) DESC LIMIT {limit:UInt32}`,
    { limit, ...(after === undefined ? {} : { at: after.received_at, key: after.key }) },
  );
}

export async function deleteLetters(clickhouse: ClickHouse, keys: readonly string[]): Promise<void> {
  await clickhouse.command(
    'ALTER TABLE event_dead_letters DELETE WHERE has({keys:Array(String)}, toString(cityHash64(stream, reason, payload))) SETTINGS mutations_sync = 1',
    { keys: [...keys] },
  );
}
