-- Events of subjects under a legal hold, copied before the TTL of the event log would take them.

CREATE TABLE IF NOT EXISTS events_on_hold AS events
ENGINE = ReplacingMergeTree()
PARTITION BY toYYYYMM(date)
ORDER BY (date, event_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
