-- Sessions of everybody together: sketches of a fixed 6 kB a day (1 % off) in place of ones that grow with the sessions,
-- which a chart of a year would have to read by the tens of megabytes.

DROP VIEW IF EXISTS usage_daily_all_view;
DROP TABLE IF EXISTS usage_daily_all;

CREATE TABLE usage_daily_all (
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

INSERT INTO usage_daily_all
SELECT date, JSONExtractString(properties, 'user_type') AS kind,
  toUInt64(countIf(event_type = 'page_view')), toUInt64(countIf(event_type = 'action')), toUInt64(countIf(event_type = 'error')),
  uniqCombinedStateIf(13)(session_id, session_id != toUUID('00000000-0000-0000-0000-000000000000'))
FROM events GROUP BY date, kind;

CREATE MATERIALIZED VIEW usage_daily_all_view TO usage_daily_all AS
SELECT e.date AS date, JSONExtractString(properties, 'user_type') AS user_type,
  toUInt64(countIf(event_type = 'page_view')) AS page_views,
  toUInt64(countIf(event_type = 'action')) AS actions,
  toUInt64(countIf(event_type = 'error')) AS errors,
  uniqCombinedStateIf(13)(session_id, session_id != toUUID('00000000-0000-0000-0000-000000000000')) AS sessions
FROM events AS e
GROUP BY date, user_type;
