-- Sums in the order in which the dashboards ask: by organization and day. They outlive the event log's two years, hold
-- no person's id, and are filled by views in the same insert as the events. Each sum is first filled from what is there
-- already, so that running the file again gives the same rows; the views come last.

ALTER TABLE product_views ADD COLUMN IF NOT EXISTS user_type LowCardinality(String) DEFAULT '';

-- Usage of an organization, and of all together. Sessions are sketches; what workers do has no session.
CREATE TABLE IF NOT EXISTS usage_daily (
  organization_id UUID,
  date Date,
  user_type LowCardinality(String),
  page_views SimpleAggregateFunction(sum, UInt64),
  actions SimpleAggregateFunction(sum, UInt64),
  errors SimpleAggregateFunction(sum, UInt64),
  sessions AggregateFunction(uniq, UUID)
)
ENGINE = AggregatingMergeTree()
PARTITION BY toYear(date)
ORDER BY (organization_id, date, user_type)
SETTINGS non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1;

-- Sketches of a fixed 6 kB a day (1 % off): ones that grow with the sessions a chart of a year would have to read by the
-- tens of megabytes.
CREATE TABLE IF NOT EXISTS usage_daily_all (
  date Date,
  user_type LowCardinality(String),
  page_views SimpleAggregateFunction(sum, UInt64),
  actions SimpleAggregateFunction(sum, UInt64),
  errors SimpleAggregateFunction(sum, UInt64),
  sessions AggregateFunction(uniqCombined(13), UUID)
)
ENGINE = AggregatingMergeTree()
PARTITION BY toYear(date)
ORDER BY (date, user_type)
SETTINGS non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1;

DROP VIEW IF EXISTS usage_daily_all_view;
TRUNCATE TABLE usage_daily;
TRUNCATE TABLE usage_daily_all;

INSERT INTO usage_daily
SELECT organization_id, date, user_type,
  sumIf(events, event_type = 'page_view'), sumIf(events, event_type = 'action'), sumIf(events, event_type = 'error'),
  uniqMergeState(sessions)
FROM events_daily GROUP BY organization_id, date, user_type;

INSERT INTO usage_daily_all
SELECT date, JSONExtractString(properties, 'user_type') AS kind,
  toUInt64(countIf(event_type = 'page_view')), toUInt64(countIf(event_type = 'action')), toUInt64(countIf(event_type = 'error')),
  uniqCombinedStateIf(13)(session_id, session_id != toUUID('00000000-0000-0000-0000-000000000000'))
FROM events GROUP BY date, kind;

CREATE MATERIALIZED VIEW IF NOT EXISTS usage_daily_view TO usage_daily AS
SELECT
  ifNull(e.organization_id, toUUID('00000000-0000-0000-0000-000000000000')) AS organization_id,
  e.date AS date,
  JSONExtractString(properties, 'user_type') AS user_type,
  toUInt64(countIf(event_type = 'page_view')) AS page_views,
  toUInt64(countIf(event_type = 'action')) AS actions,
  toUInt64(countIf(event_type = 'error')) AS errors,
  uniqStateIf(session_id, session_id != toUUID('00000000-0000-0000-0000-000000000000')) AS sessions
FROM events AS e
GROUP BY organization_id, date, user_type;

CREATE MATERIALIZED VIEW IF NOT EXISTS usage_daily_all_view TO usage_daily_all AS
SELECT e.date AS date, JSONExtractString(properties, 'user_type') AS user_type,
  toUInt64(countIf(event_type = 'page_view')) AS page_views,
  toUInt64(countIf(event_type = 'action')) AS actions,
  toUInt64(countIf(event_type = 'error')) AS errors,
  uniqCombinedStateIf(13)(session_id, session_id != toUUID('00000000-0000-0000-0000-000000000000')) AS sessions
FROM events AS e
GROUP BY date, user_type;

-- When a project first reached each step, by the server's own word: what a browser says does not count.
CREATE TABLE IF NOT EXISTS project_steps (
  organization_id UUID,
  project_id UUID,
  step LowCardinality(String),
  user_type SimpleAggregateFunction(max, String),
  first_at SimpleAggregateFunction(min, DateTime64(3))
)
ENGINE = AggregatingMergeTree()
ORDER BY (organization_id, project_id, step)
SETTINGS non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1;

TRUNCATE TABLE project_steps;

INSERT INTO project_steps
SELECT ifNull(organization_id, toUUID('00000000-0000-0000-0000-000000000000')), assumeNotNull(project_id), event_name,
  max(JSONExtractString(properties, 'user_type')), min(timestamp)
FROM events
WHERE isNotNull(project_id) AND JSONExtractString(properties, 'sent_by') != 'browser'
  AND event_name IN ('project_created', 'project_imported', 'message_sent', 'floor_plan_uploaded', 'floor_plan_analyzed',
    'recommendation_created', 'scenario_selected', 'recommendation_approved', 'recommendation_rejected', 'export_created', 'project_approved')
GROUP BY 1, 2, 3;

CREATE MATERIALIZED VIEW IF NOT EXISTS project_steps_view TO project_steps AS
SELECT ifNull(e.organization_id, toUUID('00000000-0000-0000-0000-000000000000')) AS organization_id,
  assumeNotNull(e.project_id) AS project_id,
  event_name AS step,
  max(JSONExtractString(properties, 'user_type')) AS user_type,
  min(timestamp) AS first_at
FROM events AS e
WHERE isNotNull(e.project_id) AND JSONExtractString(properties, 'sent_by') != 'browser'
  AND event_name IN ('project_created', 'project_imported', 'message_sent', 'floor_plan_uploaded', 'floor_plan_analyzed',
    'recommendation_created', 'scenario_selected', 'recommendation_approved', 'recommendation_rejected', 'export_created', 'project_approved')
GROUP BY organization_id, project_id, step;

-- Searches that found nothing: the words as long as the events, the kind of search for good.
CREATE TABLE IF NOT EXISTS empty_searches_daily (
  organization_id UUID,
  date Date,
  user_type LowCardinality(String),
  query String,
  searches SimpleAggregateFunction(sum, UInt64)
)
ENGINE = AggregatingMergeTree()
PARTITION BY toYear(date)
ORDER BY (organization_id, date, user_type, query)
TTL date + INTERVAL 2 YEAR
SETTINGS non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS empty_search_kinds_daily (
  organization_id UUID,
  date Date,
  user_type LowCardinality(String),
  query_class LowCardinality(String),
  searches SimpleAggregateFunction(sum, UInt64)
)
ENGINE = AggregatingMergeTree()
PARTITION BY toYear(date)
ORDER BY (organization_id, date, user_type, query_class)
SETTINGS non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1;

DROP VIEW IF EXISTS empty_search_kinds_daily_view;
TRUNCATE TABLE empty_searches_daily;
TRUNCATE TABLE empty_search_kinds_daily;

INSERT INTO empty_searches_daily
SELECT ifNull(organization_id, toUUID('00000000-0000-0000-0000-000000000000')), date, JSONExtractString(properties, 'user_type'),
  substringUTF8(trim(lowerUTF8(replaceRegexpAll(JSONExtractString(properties, 'q') || JSONExtractString(properties, 'query'), '\\s+', ' '))), 1, 120) AS words,
  toUInt64(count())
FROM events
WHERE event_name = 'search_no_result' AND JSONExtractString(properties, 'sent_by') != 'browser'
GROUP BY 1, 2, 3, words HAVING words != '';

INSERT INTO empty_search_kinds_daily
SELECT organization_id, date, user_type,
  multiIf(match(query, '^[a-z]{0,8}[-_. ]?[0-9][a-z0-9._/-]*$'), 'product number',
    match(query, '[$€£]|\\b(under|below|less than|at most|up to)\\b'), 'price limit',
    match(query, '[0-9]'), 'size or number',
    position(query, ' ') = 0, 'one word', 'several words') AS query_class,
  sum(searches)
FROM empty_searches_daily GROUP BY organization_id, date, user_type, query_class;

CREATE MATERIALIZED VIEW IF NOT EXISTS empty_searches_daily_view TO empty_searches_daily AS
SELECT ifNull(e.organization_id, toUUID('00000000-0000-0000-0000-000000000000')) AS organization_id,
  e.date AS date,
  JSONExtractString(properties, 'user_type') AS user_type,
  substringUTF8(trim(lowerUTF8(replaceRegexpAll(JSONExtractString(properties, 'q') || JSONExtractString(properties, 'query'), '\\s+', ' '))), 1, 120) AS query,
  toUInt64(count()) AS searches
FROM events AS e
WHERE event_name = 'search_no_result' AND JSONExtractString(properties, 'sent_by') != 'browser'
GROUP BY organization_id, date, user_type, query HAVING query != '';

CREATE MATERIALIZED VIEW IF NOT EXISTS empty_search_kinds_daily_view TO empty_search_kinds_daily AS
SELECT s.organization_id AS organization_id, s.date AS date, s.user_type AS user_type,
  multiIf(match(query, '^[a-z]{0,8}[-_. ]?[0-9][a-z0-9._/-]*$'), 'product number',
    match(query, '[$€£]|\\b(under|below|less than|at most|up to)\\b'), 'price limit',
    match(query, '[0-9]'), 'size or number',
    position(query, ' ') = 0, 'one word', 'several words') AS query_class,
  sum(s.searches) AS searches
FROM empty_searches_daily AS s
GROUP BY organization_id, date, user_type, query_class;

-- Products looked at: by organization for its own people, by week for figures across organizations.
CREATE TABLE IF NOT EXISTS demand_daily (
  organization_id UUID,
  date Date,
  product_id UUID,
  user_type LowCardinality(String),
  views SimpleAggregateFunction(sum, UInt64),
  people AggregateFunction(uniq, UUID)
)
ENGINE = AggregatingMergeTree()
PARTITION BY toYear(date)
ORDER BY (organization_id, date, product_id, user_type)
SETTINGS non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS demand_weekly (
  week Date,
  product_id UUID,
  user_type LowCardinality(String),
  organization_id UUID,
  views SimpleAggregateFunction(sum, UInt64)
)
ENGINE = AggregatingMergeTree()
PARTITION BY toYear(week)
ORDER BY (week, product_id, user_type, organization_id)
SETTINGS non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1;

DROP VIEW IF EXISTS demand_weekly_view;
TRUNCATE TABLE demand_daily;
TRUNCATE TABLE demand_weekly;

INSERT INTO demand_daily
SELECT organization_id, date, product_id, '', sum(views), uniqMergeState(sessions)
FROM product_views_daily GROUP BY organization_id, date, product_id;

INSERT INTO demand_weekly
SELECT toMonday(date) AS week, product_id, user_type, organization_id, sum(views)
FROM demand_daily WHERE organization_id != toUUID('00000000-0000-0000-0000-000000000000')
GROUP BY week, product_id, user_type, organization_id;

CREATE MATERIALIZED VIEW IF NOT EXISTS demand_daily_view TO demand_daily AS
SELECT ifNull(v.organization_id, toUUID('00000000-0000-0000-0000-000000000000')) AS organization_id,
  v.date AS date, v.product_id AS product_id, v.user_type AS user_type,
  toUInt64(count()) AS views,
  uniqState(ifNull(v.user_id, v.session_id)) AS people
FROM product_views AS v
GROUP BY organization_id, date, product_id, user_type;

CREATE MATERIALIZED VIEW IF NOT EXISTS demand_weekly_view TO demand_weekly AS
SELECT toMonday(d.date) AS week, d.product_id AS product_id, d.user_type AS user_type, d.organization_id AS organization_id,
  sum(d.views) AS views
FROM demand_daily AS d
WHERE d.organization_id != toUUID('00000000-0000-0000-0000-000000000000')
GROUP BY week, product_id, user_type, organization_id;

-- The first look and the last decision: a rating given later, or a second look, moves neither.
CREATE OR REPLACE VIEW recommendation_outcomes AS
SELECT
  m.recommendation_id AS recommendation_id,
  any(m.project_id) AS project_id,
  any(m.user_id) AS user_id,
  argMax(m.total_items, m.step) AS total_items,
  argMax(m.total_cost, m.step) AS total_cost,
  argMax(m.sustainability_score, m.step) AS sustainability_score,
  min(m.presented_at) AS presented_at,
  min(m.viewed_at) AS viewed_at,
  max(m.modified_at) AS modified_at,
  max(m.approved_at) AS approved_at,
  max(m.rejected_at) AS rejected_at,
  argMax(m.time_to_decision_minutes, m.step) AS time_to_decision_minutes,
  argMax(m.user_rating, m.step) AS user_rating,
  toDate(min(m.presented_at)) AS date
FROM (
  SELECT *, greatest(
    presented_at,
    ifNull(viewed_at, presented_at),
    ifNull(modified_at, presented_at),
    ifNull(approved_at, presented_at),
    ifNull(rejected_at, presented_at)
  ) AS step
  FROM recommendation_metrics
) AS m
GROUP BY m.recommendation_id;
