-- Whether a refused event was a row of the server's own making. What a browser sent is read as such when it is taken in
-- anew, whatever it says of itself.
ALTER TABLE event_dead_letters ADD COLUMN IF NOT EXISTS made_by_server Bool DEFAULT false;

-- Looks at products under a legal hold that the time limit of their table is about to take; copies of copies fall together.
CREATE TABLE IF NOT EXISTS product_views_on_hold AS product_views
ENGINE = ReplacingMergeTree()
PARTITION BY toYYYYMM(date)
ORDER BY (date, view_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
