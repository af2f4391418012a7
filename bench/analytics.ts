// How fast the dashboards are at ten million events: every query the page sends, on the daily sums, beside the same
// question asked of the events themselves. The rows are made inside ClickHouse, with the distributions of use: a few large
// organizations and many small ones, most events of the last year, a fifth of the events within projects.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Figure } from '../server/commands/bench.ts';
import * as charts from '../server/features/analytics/clickhouse.ts';
import { marketStatement } from '../server/features/analytics/market.ts';
import { type ClickHouse, openClickHouse } from '../server/platform/clickhouse.ts';
import { createAnalyticsTables } from '../test/servers/clickhouse-schema.ts';

const EVENTS = 10_000_000;
const CHUNK = 500_000;
const ORGANIZATIONS = 400;
const PRODUCTS = 3_000;
const DAYS = 700;
const REPEATS = 20;
const BASELINE_REPEATS = 3;

export async function analyticsSuite({ size = EVENTS }: { size?: number } = {}): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'ofs-bench-analytics-'));
  const clickhouse = await openClickHouse({
    mode: 'embedded',
    path: join(folder, 'clickhouse'),
    query_timeout_seconds: 120,
  });
  try {
    await createAnalyticsTables(clickhouse);
    for (let from = 0; from < size; from += CHUNK) await fill(clickhouse, from, Math.min(CHUNK, size - from));
    const figures: Figure[] = [];
    for (const question of await questions(clickhouse))
      figures.push(...(await measure(clickhouse, question)));
    return [
      { figure: 'events', unit: 'rows', value: size, baseline: null, ratio: null },
      ...figures,
      {
        figure: 'slowest dashboard query, p95',
        unit: 'ms',
        value: Math.max(...figures.filter((one) => one.figure.endsWith('p95')).map((one) => one.value)),
        baseline: null,
        ratio: null,
      },
    ];
  } finally {
    await clickhouse.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Organization 1 is the largest: the share of the k-th falls with its square. */
const ORGANIZATION = `toUUID(concat('00000000-0000-4000-8000-', leftPad(toString(1 + toUInt32(${ORGANIZATIONS} * pow((sipHash64(n, 1) % 1000003) / 1000003, 2))), 12, '0')))`;
const TIME = `toDateTime64(now() - toUInt32(${DAYS} * 86400 * pow((sipHash64(n, 2) % 1000003) / 1000003, 1.3)), 3)`;
const USER_TYPE = "['designer', 'dealer', 'sales_rep', 'facilities_manager', 'architect']";
const idOf = (expression: string) => `reinterpretAsUUID(sipHash128(${expression}))`;

async function fill(clickhouse: ClickHouse, from: number, count: number): Promise<void> {
  const settings = 'SETTINGS max_partitions_per_insert_block = 0, max_insert_threads = 1';
  // Six in ten are page views; of the others a half are steps of projects, which belong to one organization each.
  await clickhouse.command(
    `INSERT INTO events (event_id, event_name, event_type, user_id, session_id, anonymous_id, project_id, organization_id,
       properties, page_url, page_title, device_type, browser, os, ip_address, timestamp)
     SELECT ${idOf("n, 'event'")}, name, multiIf(name = 'page_view', 'page_view', name = 'client_error', 'error', 'action'),
       ${idOf("organization, n % 9, 'user'")} AS person, ${idOf("organization, toDate(at), n % 9, 'session'")}, toString(person),
       if(name IN ('page_view', 'client_error', 'search_no_result', 'item_accepted'), NULL, ${idOf("organization, intDiv(n, 12) % 250, 'project'")}),
       organization,
       concat('{"user_type":"', ${USER_TYPE}[1 + n % 5], '"', if(name = 'search_no_result', concat(',"q":"', ['brass lamp ', 'TX-', 'desk under $', 'bench '][1 + n % 4], toString(sipHash64(n, 4) % 800), '"'), ''), '}'),
       concat('https://app.example/projects/', toString(n % 5000)), 'Furniture', ['desktop', 'mobile', 'tablet'][1 + n % 3], 'Chrome 140', 'Windows 10', '203.0.113.0', at
     FROM (SELECT {from:UInt64} + number AS n, ${ORGANIZATION} AS organization, ${TIME} AS at,
       multiIf(sipHash64(n, 3) % 10 < 6, 'page_view', ['client_error', 'search_no_result', 'item_accepted', 'item_accepted', 'project_created', 'message_sent', 'floor_plan_uploaded', 'floor_plan_analyzed', 'recommendation_created', 'scenario_selected', 'recommendation_approved', 'project_approved'][1 + sipHash64(n, 5) % 12]) AS name
       FROM numbers({count:UInt64})) ${settings}`,
    { from, count },
  );
  // One look at a product for five events.
  await clickhouse.command(
    `INSERT INTO product_views (view_id, product_id, user_id, session_id, organization_id, user_type, viewed_from, view_duration_seconds, timestamp)
     SELECT ${idOf("n, 'view'")}, ${idOf(`toUInt32(${PRODUCTS} * pow((sipHash64(n, 6) % 1000003) / 1000003, 2)), 'product'`)},
       ${idOf("organization, n % 9, 'user'")}, ${idOf("organization, toDate(at), n % 9, 'session'")}, organization,
       ${USER_TYPE}[1 + n % 5], 'search', n % 90, at
     FROM (SELECT {from:UInt64} + number AS n, ${ORGANIZATION} AS organization, ${TIME} AS at FROM numbers({count:UInt64})) ${settings}`,
    { from, count: Math.ceil(count / 5) },
  );
  // One recommendation for fifty events, three rows each.
  await clickhouse.command(
    `INSERT INTO recommendation_metrics (recommendation_id, project_id, user_id, total_items, total_cost, sustainability_score,
       presented_at, viewed_at, approved_at, time_to_decision_minutes, user_rating)
     SELECT ${idOf("intDiv(n, 3), 'recommendation'")}, ${idOf("organization, intDiv(n, 12) % 250, 'project'")}, ${idOf("n, 'user'")}, 20, 50000, 60,
       at, if(n % 3 = 1, at + 300, NULL), if(n % 3 = 2, at + 9000, NULL), if(n % 3 = 2, 150, NULL), if(n % 3 = 2, 4, NULL)
     FROM (SELECT {from:UInt64} + number AS n, ${ORGANIZATION.replaceAll('sipHash64(n,', 'sipHash64(intDiv(n, 3),')} AS organization, toDateTime(${TIME.replaceAll('sipHash64(n,', 'sipHash64(intDiv(n, 3),')}) AS at
       FROM numbers({count:UInt64})) ${settings}`,
    { from, count: Math.ceil(count / 50) * 3 },
  );
}

interface Question {
  name: string;
  statement: charts.Statement;
  /** The same asked of the raw rows. */
  raw: charts.Statement;
}

const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);

async function questions(clickhouse: ClickHouse): Promise<Question[]> {
  // A reader of the largest organization and of nineteen more.
  const biggest = await clickhouse.query<{ id: string }>(
    'SELECT toString(organization_id) AS id FROM usage_daily GROUP BY organization_id ORDER BY sum(page_views) DESC LIMIT 20',
  );
  const organization_ids = biggest.map((row) => row.id);
  const scope = { everybody: false as const, organization_ids };
  const everybody = { everybody: true as const };
  const projects = { organization_ids, project_ids: [] };
  const year = { from: day(364), to: day(0) };
  const typed = { ...year, user_type: 'dealer' };
  const market = { from: mondayBefore(91), to: sundayBefore(), left_out: [], own: [], smallest_group: 5 };
  const marketYear = { ...market, from: mondayBefore(364) };
  const PERIOD = 'date BETWEEN {from:Date} AND {to:Date}';
  const IN = 'organization_id IN {organization_ids:Array(UUID)}';
  const rawUsage = (where: string) =>
    `SELECT date, countIf(event_type = 'page_view') AS page_views, countIf(event_type = 'action') AS actions, countIf(event_type = 'error') AS errors,
       uniq(session_id) AS sessions FROM events WHERE ${PERIOD} AND ${where} GROUP BY date ORDER BY date`;
  const rawSteps = `(SELECT organization_id, assumeNotNull(project_id) AS project_id, event_name AS step,
      max(JSONExtractString(properties, 'user_type')) AS user_type, min(timestamp) AS first_at
    FROM events WHERE isNotNull(project_id) AND JSONExtractString(properties, 'sent_by') != 'browser' GROUP BY 1, 2, 3)`;
  const like = (statement: charts.Statement, sql: string): charts.Statement => ({
    sql,
    params: statement.params,
  });
  const usageAll = charts.usageStatement(everybody, year);
  const usage = charts.usageStatement(scope, typed);
  const demand = charts.productsStatement(scope, year, 20);
  const searches = charts.searchesStatement(scope, year, 20);
  const kinds = charts.searchClassesStatement(scope, year);
  const outcomes = charts.outcomesStatement(projects, year);
  const QUERY =
    "trim(lowerUTF8(JSONExtractString(properties, 'q') || JSONExtractString(properties, 'query'))) AS query";
  const EMPTY = `FROM events WHERE ${PERIOD} AND event_name = 'search_no_result'`;
  const marketRaw = (statement: charts.Statement, rows: string) =>
    like(
      statement,
      `SELECT toString(thing) AS thing, sumIf(n, told) AS count FROM (
         SELECT thing, week, count() AS n, uniqExact(organization_id) >= {smallest_group:UInt32} AS told FROM (${rows}) GROUP BY thing, week)
       GROUP BY thing ORDER BY count DESC LIMIT {limit:UInt32}`,
    );
  const viewRows = `SELECT product_id AS thing, toMonday(date) AS week, organization_id FROM product_views WHERE ${PERIOD}`;
  const searchRows = `SELECT ${QUERY.replace('AS query', 'AS thing')}, toMonday(date) AS week, organization_id ${EMPTY}`;
  const question = (name: string, statement: charts.Statement, raw: string | charts.Statement): Question => ({
    name,
    statement,
    raw: typeof raw === 'string' ? like(statement, raw) : raw,
  });
  const products = marketStatement('products', market, 20);
  const productsYear = marketStatement('products', marketYear, 20);
  const productsTyped = marketStatement('products', { ...market, user_type: 'dealer' }, 20);
  const productsYearTyped = marketStatement('products', { ...marketYear, user_type: 'dealer' }, 20);
  const words = marketStatement('searches', marketYear, 20);
  return [
    question('usage of everybody, a year', usageAll, rawUsage('1')),
    question(
      'usage of 20 organizations, a year, one kind of user',
      usage,
      rawUsage(`${IN} AND JSONExtractString(properties, 'user_type') = {user_type:String}`),
    ),
    question(
      'funnel, a year',
      charts.funnelStatement(projects, year),
      charts.funnelStatement(projects, year, rawSteps),
    ),
    question(
      'funnel, a year, one kind of user',
      charts.funnelStatement(projects, typed),
      charts.funnelStatement(projects, typed, rawSteps),
    ),
    question(
      'turnaround, a year',
      charts.turnaroundStatement(projects, year),
      charts.turnaroundStatement(projects, year, rawSteps),
    ),
    question(
      'products in demand, a year',
      demand,
      `SELECT toString(product_id) AS product_id, count() AS views, uniqExact(ifNull(user_id, session_id)) AS people FROM product_views
       WHERE ${PERIOD} AND ${IN} GROUP BY product_id ORDER BY views DESC, product_id LIMIT {limit:UInt32}`,
    ),
    question(
      'searches without a result, a year',
      searches,
      `SELECT ${QUERY}, count() AS count ${EMPTY} AND ${IN} GROUP BY query ORDER BY count DESC, query LIMIT {limit:UInt32}`,
    ),
    question(
      'kinds of searches, a year',
      kinds,
      `SELECT match(query, '[0-9]') AS kind, count() FROM (SELECT ${QUERY} ${EMPTY} AND ${IN}) GROUP BY kind`,
    ),
    question(
      'outcomes of recommendations, a year',
      outcomes,
      outcomes.sql.replace('FROM project_steps', `FROM ${rawSteps}`),
    ),
    question('demand across organizations, a quarter', products, marketRaw(products, viewRows)),
    question('demand across organizations, a year', productsYear, marketRaw(productsYear, viewRows)),
    question(
      'demand across organizations, a quarter, one kind of user',
      productsTyped,
      marketRaw(productsTyped, `${viewRows} AND user_type = {user_type:String}`),
    ),
    question(
      'demand across organizations, a year, one kind of user',
      productsYearTyped,
      marketRaw(productsYearTyped, `${viewRows} AND user_type = {user_type:String}`),
    ),
    question('searches across organizations, a year', words, marketRaw(words, searchRows)),
  ];
}

function mondayBefore(ago: number): string {
  const weekday = (new Date(`${day(ago)}T00:00:00Z`).getUTCDay() + 6) % 7;
  return day(ago + weekday);
}
function sundayBefore(): string {
  return day(((new Date().getUTCDay() + 6) % 7) + 1);
}

async function measure(clickhouse: ClickHouse, { name, statement, raw }: Question): Promise<Figure[]> {
  const sums = await timed(clickhouse, statement, REPEATS);
  const events = await timed(clickhouse, raw, BASELINE_REPEATS);
  const beside = (value: number, baseline: number) => ({
    unit: 'ms',
    value,
    baseline,
    ratio: Math.round((1000 * value) / baseline) / 1000,
  });
  return [
    { figure: `${name}, p95`, ...beside(sums.p95, events.p95) },
    { figure: `${name}, processor time`, ...beside(sums.cpu, events.cpu) },
  ];
}

/** Milliseconds; the first call, which reads the marks, is among them. Processor time is of all threads, a query. */
async function timed(clickhouse: ClickHouse, { sql, params }: charts.Statement, repeats: number) {
  const took: number[] = [];
  const before = process.cpuUsage();
  for (let i = 0; i < repeats; i++) {
    const begun = performance.now();
    await clickhouse.query(sql, params);
    took.push(performance.now() - begun);
  }
  const { user, system } = process.cpuUsage(before);
  took.sort((a, b) => a - b);
  const round = (value: number) => Math.round(value * 10) / 10;
  return {
    p95: round(took[Math.ceil(took.length * 0.95) - 1] ?? 0),
    cpu: round((user + system) / 1000 / repeats),
  };
}
