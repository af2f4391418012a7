-- Products, variants and relationships
CREATE EXTENSION IF NOT EXISTS vector;


CREATE TABLE products (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  sku VARCHAR(100) UNIQUE NOT NULL,
  name VARCHAR(255) NOT NULL,
  description TEXT,
  category VARCHAR(100) NOT NULL,
  subcategory VARCHAR(100),
  brand VARCHAR(100) DEFAULT 'OFS',
  manufacturer VARCHAR(100),
  collection VARCHAR(100),
  list_price NUMERIC(10, 2) NOT NULL CHECK (list_price >= 0),
  dealer_price NUMERIC(10, 2) CHECK (dealer_price >= 0),
  msrp NUMERIC(10, 2) CHECK (msrp >= 0),
  currency VARCHAR(3) DEFAULT 'USD',
  specifications JSONB DEFAULT '{}'::jsonb,
  sustainability JSONB DEFAULT '{}'::jsonb,
  in_stock BOOLEAN DEFAULT true,
  lead_time_days INTEGER DEFAULT 14 CHECK (lead_time_days >= 0),
  moq INTEGER DEFAULT 1 CHECK (moq >= 1),
  images JSONB DEFAULT '[]'::jsonb,
  model_3d_url TEXT,
  ar_asset_url TEXT,
  tags TEXT[],
  search_vector TSVECTOR,
  embedding VECTOR(384),
  status VARCHAR(50) DEFAULT 'active' CHECK (status IN ('active', 'discontinued', 'archived')),
  created_at TIMESTAMPTZ DEFAULT NOW(),
  updated_at TIMESTAMPTZ DEFAULT NOW(),
  deleted_at TIMESTAMPTZ
);

CREATE INDEX idx_products_sku ON products(sku) WHERE deleted_at IS NULL;
CREATE INDEX idx_products_category ON products(category) WHERE status = 'active';
CREATE INDEX idx_products_brand ON products(brand) WHERE status = 'active';
CREATE INDEX idx_products_search ON products USING GIN(search_vector);
CREATE INDEX idx_products_tags ON products USING GIN(tags);
CREATE INDEX idx_products_embedding ON products USING hnsw (embedding vector_cosine_ops);
CREATE INDEX idx_products_fulltext ON products USING GIN(
  to_tsvector('english', coalesce(name, '') || ' ' || coalesce(description, ''))
);
CREATE INDEX idx_products_specs_materials ON products USING GIN((specifications->'materials'));
CREATE INDEX idx_active_products ON products(category, brand) WHERE status = 'active';

CREATE TABLE product_relationships (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  product_id UUID NOT NULL REFERENCES products(id) ON DELETE CASCADE,
  related_product_id UUID NOT NULL REFERENCES products(id) ON DELETE CASCADE,
  relationship_type VARCHAR(50) NOT NULL CHECK (relationship_type IN ('compatible', 'alternative', 'accessory', 'collection', 'bundle')),
  strength NUMERIC(3, 2) CHECK (strength BETWEEN 0 AND 1),
  UNIQUE(product_id, related_product_id, relationship_type)
);

CREATE INDEX idx_prod_rel_product ON product_relationships(product_id);
CREATE INDEX idx_prod_rel_related ON product_relationships(related_product_id);

CREATE TABLE product_variants (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  product_id UUID NOT NULL REFERENCES products(id) ON DELETE CASCADE,
  sku VARCHAR(100) UNIQUE NOT NULL,
  name VARCHAR(255),
  attributes JSONB DEFAULT '{}'::jsonb,
  price_adjustment NUMERIC(10, 2) DEFAULT 0,
  in_stock BOOLEAN DEFAULT true,
  lead_time_days INTEGER CHECK (lead_time_days >= 0),
  images JSONB DEFAULT '[]'::jsonb,
  created_at TIMESTAMPTZ DEFAULT NOW(),
  updated_at TIMESTAMPTZ DEFAULT NOW()
);

CREATE INDEX idx_prod_variants_product ON product_variants(product_id);
CREATE INDEX idx_prod_variants_sku ON product_variants(sku);
