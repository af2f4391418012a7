-- The width of a product has an index, and statistics are not gathered of what no query is planned by

-- "160 cm wide" is found without opening every desk's specifications.
CREATE INDEX idx_products_width ON products (((specifications->'dimensions'->>'width_in')::numeric))
  WHERE jsonb_typeof(specifications->'dimensions'->'width_in') = 'number' AND status = 'active' AND deleted_at IS NULL;

-- Gathering them of vectors, documents and whole texts took most of an ANALYZE.
ALTER TABLE products
  ALTER COLUMN embedding SET STATISTICS 0,
  ALTER COLUMN search_document SET STATISTICS 0,
  ALTER COLUMN specifications SET STATISTICS 0,
  ALTER COLUMN description SET STATISTICS 0;
ALTER INDEX idx_products_fulltext ALTER COLUMN 1 SET STATISTICS 0;
ALTER INDEX idx_products_specs_materials ALTER COLUMN 1 SET STATISTICS 0;
