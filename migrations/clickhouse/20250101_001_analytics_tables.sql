-- The event log, product views and recommendation outcomes, and the record of migrations itself.
-- allow_nullable_key: events are ordered by user, and a visitor may have none.
-- non_replicated_deduplication_window: a batch that is sent again with its token counts once.
-- fsync_*: an insert that was confirmed survives a power cut, so the queue may forget the rows.

CREATE TABLE IF NOT EXISTS schema_migrations (
  version String,
  description String,
  applied_at DateTime DEFAULT now(),
  checksum String
)
ENGINE = ReplacingMergeTree(applied_at)
ORDER BY version
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS events (
  event_id UUID,
  event_name String,
  event_type String,

  user_id Nullable(UUID),
  session_id UUID,
  anonymous_id String,

  project_id Nullable(UUID),
  organization_id Nullable(UUID),

  properties String,

  page_url String,
  page_title String,
  referrer String,

  user_agent String,
  device_type String,
  browser String,
  os String,

  ip_address String,
  country String,
  region String,
  city String,

  timestamp DateTime64(3),
  date Date DEFAULT toDate(timestamp),

  ingested_at DateTime DEFAULT now()
)
ENGINE = MergeTree()
PARTITION BY toYYYYMM(date)
ORDER BY (date, user_id, session_id, timestamp)
TTL date + INTERVAL 2 YEAR
SETTINGS allow_nullable_key = 1, non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS product_views (
  view_id UUID,
  product_id UUID,
  user_id Nullable(UUID),
  session_id UUID,

  project_id Nullable(UUID),
  viewed_from String,

  view_duration_seconds UInt32,
  clicked_images Boolean,
  clicked_3d_model Boolean,
  clicked_specs Boolean,

  timestamp DateTime64(3),
  date Date DEFAULT toDate(timestamp)
)
ENGINE = MergeTree()
PARTITION BY toYYYYMM(date)
ORDER BY (product_id, date, timestamp)
TTL date + INTERVAL 2 YEAR
SETTINGS non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS recommendation_metrics (
  recommendation_id UUID,
  project_id UUID,
  user_id UUID,

  total_items UInt32,
  total_cost Decimal(12, 2),
  sustainability_score UInt8,

  presented_at DateTime,
  viewed_at Nullable(DateTime),
  modified_at Nullable(DateTime),
  approved_at Nullable(DateTime),
  rejected_at Nullable(DateTime),

  time_to_decision_minutes Nullable(UInt32),

  user_rating Nullable(UInt8),

  date Date DEFAULT toDate(presented_at)
)
ENGINE = MergeTree()
PARTITION BY toYYYYMM(date)
ORDER BY (date, recommendation_id)
SETTINGS non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1;
