-- The index of product embeddings is ivfflat again, trained anew by the service as the catalogue grows

-- Chosen by measurement: see the decision record on the vector index. Built here it knows no rows; an import trains it.
DROP INDEX IF EXISTS idx_products_embedding;
CREATE INDEX idx_products_embedding ON products USING ivfflat (embedding vector_cosine_ops) WITH (lists = 16);

-- How many vectors it was trained on last, and into how many lists: a search looks into a share of them.
ALTER TABLE catalog_statistics
  ADD COLUMN vectors_trained INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN vector_lists INTEGER NOT NULL DEFAULT 16;
