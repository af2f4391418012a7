-- Daily sums that outlive the two-year TTL of the rows they come from. They hold no person's id: users and sessions
-- are kept as sketches that can only be counted. The zero UUID stands for "no organization".

ALTER TABLE product_views ADD COLUMN IF NOT EXISTS organization_id Nullable(UUID);

CREATE TABLE IF NOT EXISTS events_daily (
  date Date,
  organization_id UUID,
  event_type LowCardinality(String),
  event_name LowCardinality(String),
  user_type LowCardinality(String),
  device_type LowCardinality(String),
  events SimpleAggregateFunction(sum, UInt64),
  users AggregateFunction(uniq, UUID),
  sessions AggregateFunction(uniq, UUID)
)
ENGINE = AggregatingMergeTree()
PARTITION BY toYear(date)
ORDER BY (organization_id, date, event_type, event_name, user_type, device_type)
SETTINGS non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1;

CREATE MATERIALIZED VIEW IF NOT EXISTS events_daily_view TO events_daily AS
SELECT
  e.date AS date,
  ifNull(e.organization_id, toUUID('00000000-0000-0000-0000-000000000000')) AS organization_id,
  event_type,
  event_name,
  JSONExtractString(properties, 'user_type') AS user_type,
  device_type,
  toUInt64(count()) AS events,
  uniqStateIf(assumeNotNull(user_id), isNotNull(user_id)) AS users,
  uniqState(session_id) AS sessions
FROM events AS e
GROUP BY date, organization_id, event_type, event_name, user_type, device_type;

CREATE TABLE IF NOT EXISTS product_views_daily (
  date Date,
  product_id UUID,
  organization_id UUID,
  viewed_from LowCardinality(String),
  views SimpleAggregateFunction(sum, UInt64),
  view_duration_seconds SimpleAggregateFunction(sum, UInt64),
  clicked_images SimpleAggregateFunction(sum, UInt64),
  clicked_3d_model SimpleAggregateFunction(sum, UInt64),
  clicked_specs SimpleAggregateFunction(sum, UInt64),
  sessions AggregateFunction(uniq, UUID)
)
ENGINE = AggregatingMergeTree()
PARTITION BY toYear(date)
ORDER BY (product_id, date, organization_id, viewed_from)
SETTINGS non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1;

CREATE MATERIALIZED VIEW IF NOT EXISTS product_views_daily_view TO product_views_daily AS
SELECT
  v.date AS date,
  v.product_id AS product_id,
  ifNull(v.organization_id, toUUID('00000000-0000-0000-0000-000000000000')) AS organization_id,
  viewed_from,
  toUInt64(count()) AS views,
  sum(toUInt64(v.view_duration_seconds)) AS view_duration_seconds,
  sum(toUInt64(v.clicked_images)) AS clicked_images,
  sum(toUInt64(v.clicked_3d_model)) AS clicked_3d_model,
  sum(toUInt64(v.clicked_specs)) AS clicked_specs,
  uniqState(session_id) AS sessions
FROM product_views AS v
GROUP BY date, product_id, organization_id, viewed_from;

-- Each step of a recommendation is a row of its own in recommendation_metrics; this is the last word on each.

CREATE VIEW IF NOT EXISTS recommendation_outcomes AS
SELECT
  m.recommendation_id AS recommendation_id,
  any(m.project_id) AS project_id,
  any(m.user_id) AS user_id,
  argMax(m.total_items, m.step) AS total_items,
  argMax(m.total_cost, m.step) AS total_cost,
  argMax(m.sustainability_score, m.step) AS sustainability_score,
  min(m.presented_at) AS presented_at,
  max(m.viewed_at) AS viewed_at,
  max(m.modified_at) AS modified_at,
  max(m.approved_at) AS approved_at,
  max(m.rejected_at) AS rejected_at,
  max(m.time_to_decision_minutes) AS time_to_decision_minutes,
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
