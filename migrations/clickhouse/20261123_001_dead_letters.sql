-- Events that could not be stored, with the reason: they never hold up the others, and an admin can read them.

CREATE TABLE IF NOT EXISTS event_dead_letters (
  stream LowCardinality(String),
  reason String,
  payload String,
  organization_id Nullable(UUID),
  user_id Nullable(UUID),
  received_at DateTime64(3) DEFAULT now64(3),
  date Date DEFAULT toDate(received_at)
)
ENGINE = MergeTree()
PARTITION BY toYYYYMM(date)
ORDER BY (date, stream, received_at)
TTL date + INTERVAL 90 DAY
SETTINGS non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1;
