-- Catalogue imports as jobs with their file, their columns and their refused rows; price lists with the days from which they hold

ALTER TABLE catalog_imports
  ADD COLUMN file_key TEXT,
  ADD COLUMN file_size_bytes BIGINT,
  -- Of the file's bytes: the same file is known again.
  ADD COLUMN sha256 VARCHAR(64),
  ADD COLUMN bytes_read BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN unchanged INTEGER NOT NULL DEFAULT 0,
  -- Seconds of work, for rows per second; the waiting in the queue is not in it.
  ADD COLUMN worked_seconds DOUBLE PRECISION NOT NULL DEFAULT 0,
  -- Every refused row with its reason, as CSV.
  ADD COLUMN rejected_key TEXT,
  ADD COLUMN note TEXT,
  ADD COLUMN cancel_requested BOOLEAN NOT NULL DEFAULT false;

ALTER TABLE catalog_imports DROP CONSTRAINT catalog_imports_status_check;
ALTER TABLE catalog_imports ADD CONSTRAINT catalog_imports_status_check
  CHECK (status IN ('mapping', 'queued', 'running', 'completed', 'failed', 'cancelled'));
CREATE INDEX idx_catalog_imports_sha256 ON catalog_imports(sha256, finished_at DESC) WHERE sha256 IS NOT NULL;

CREATE TABLE catalog_price_lists (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  name VARCHAR(120) NOT NULL,
  -- Days begin at midnight UTC; the last one is the first on which the list holds no longer.
  effective_from DATE NOT NULL,
  effective_to DATE CHECK (effective_to > effective_from),
  -- When its prices became the current ones, and how many quoted lines differed then.
  applied_at TIMESTAMPTZ,
  quotes_affected INTEGER,
  created_by UUID REFERENCES users(id) ON DELETE SET NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT NOW()
);
CREATE INDEX idx_catalog_price_lists_from ON catalog_price_lists(effective_from DESC, id DESC);

ALTER TABLE catalog_imports ADD COLUMN price_list_id UUID REFERENCES catalog_price_lists(id) ON DELETE SET NULL;
CREATE INDEX idx_catalog_imports_price_list ON catalog_imports(price_list_id) WHERE price_list_id IS NOT NULL;

ALTER TABLE product_prices ADD COLUMN price_list_id UUID REFERENCES catalog_price_lists(id) ON DELETE SET NULL;
CREATE INDEX idx_product_prices_price_list ON product_prices(price_list_id) WHERE price_list_id IS NOT NULL;
-- The rows whose time may come: for the job that puts prices into force.
CREATE INDEX idx_product_prices_begin ON product_prices(effective_from);
CREATE INDEX idx_product_prices_end ON product_prices(effective_to) WHERE effective_to IS NOT NULL;

-- Shared by all tenants and written by administrators: read and written as ofs_system, never by ordinary requests.
ALTER TABLE catalog_price_lists ENABLE ROW LEVEL SECURITY;
ALTER TABLE catalog_price_lists FORCE ROW LEVEL SECURITY;
CREATE POLICY system_all ON catalog_price_lists TO ofs_system USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON catalog_price_lists TO ofs_system;

-- Up to when prices were put into force.
ALTER TABLE catalog_statistics ADD COLUMN prices_applied_at TIMESTAMPTZ;
