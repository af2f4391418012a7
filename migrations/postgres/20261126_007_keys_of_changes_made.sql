-- A repeated request whose first try changed something, though its answer was lost with the process, must not change it again

ALTER TABLE idempotency_keys ADD COLUMN committed_at TIMESTAMPTZ;
