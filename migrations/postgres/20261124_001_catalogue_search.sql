-- The catalogue's working columns and tables: what search reads, prices with dates, import reports, statistics of words

ALTER TABLE products
  -- Which model made the embedding; vectors of different models are never compared.
  ADD COLUMN embedding_model VARCHAR(100),
  -- For a discontinued product: the sku that takes its place, which may be imported later.
  ADD COLUMN successor_sku VARCHAR(100),
  -- What the search knows of a product (engine/catalog/rank/stored.ts), and the parts of it that are filtered on.
  ADD COLUMN search_document JSONB,
  ADD COLUMN search_heads TEXT[] NOT NULL DEFAULT '{}',
  ADD COLUMN search_facets TEXT[] NOT NULL DEFAULT '{}';

CREATE INDEX idx_products_heads ON products USING GIN(search_heads);
CREATE INDEX idx_products_facets ON products USING GIN(search_facets);
CREATE INDEX idx_products_listed ON products(name, id) WHERE status = 'active' AND deleted_at IS NULL;
CREATE INDEX idx_products_list_price ON products(list_price, id) WHERE status = 'active' AND deleted_at IS NULL;

CREATE TABLE catalog_imports (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  file_name VARCHAR(255),
  format VARCHAR(10) CHECK (format IN ('csv', 'json', 'jsonl', 'sif')),
  mapping JSONB NOT NULL DEFAULT '{}'::jsonb,
  status VARCHAR(20) NOT NULL DEFAULT 'running' CHECK (status IN ('running', 'completed', 'failed')),
  read INTEGER NOT NULL DEFAULT 0,
  created INTEGER NOT NULL DEFAULT 0,
  updated INTEGER NOT NULL DEFAULT 0,
  rejected_count INTEGER NOT NULL DEFAULT 0,
  -- The first rejected rows: [{"line": 7, "reason": "…"}]
  rejected JSONB NOT NULL DEFAULT '[]'::jsonb,
  error TEXT,
  started_by UUID REFERENCES users(id) ON DELETE SET NULL,
  started_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
  finished_at TIMESTAMPTZ
);
CREATE INDEX idx_catalog_imports_started ON catalog_imports(started_at DESC, id DESC);

-- Every price a product has had: one row from each change on; the present one has no end.
CREATE TABLE product_prices (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  product_id UUID NOT NULL REFERENCES products(id) ON DELETE CASCADE,
  list_price NUMERIC(10, 2) NOT NULL,
  dealer_price NUMERIC(10, 2),
  msrp NUMERIC(10, 2),
  currency VARCHAR(3),
  effective_from TIMESTAMPTZ NOT NULL DEFAULT NOW(),
  effective_to TIMESTAMPTZ CHECK (effective_to >= effective_from),
  import_id UUID REFERENCES catalog_imports(id) ON DELETE SET NULL
);
CREATE INDEX idx_product_prices_product ON product_prices(product_id, effective_from DESC);
CREATE UNIQUE INDEX idx_product_prices_present ON product_prices(product_id) WHERE effective_to IS NULL;

-- How often words occur in the catalogue, for their weight and for spelling: one row, replaced by each import.
CREATE TABLE catalog_statistics (
  singleton BOOLEAN PRIMARY KEY DEFAULT true CHECK (singleton),
  version BIGINT NOT NULL DEFAULT 1,
  documents INTEGER NOT NULL DEFAULT 0,
  total_length DOUBLE PRECISION NOT NULL DEFAULT 0,
  terms JSONB NOT NULL DEFAULT '{}'::jsonb,
  updated_at TIMESTAMPTZ NOT NULL DEFAULT NOW()
);
INSERT INTO catalog_statistics DEFAULT VALUES;

GRANT SELECT, INSERT, UPDATE, DELETE ON catalog_imports, product_prices, catalog_statistics TO ofs_system;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO ofs_system;
GRANT SELECT ON catalog_statistics TO ofs_app;
