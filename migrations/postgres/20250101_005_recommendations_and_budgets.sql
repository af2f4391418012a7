-- Recommendations, their items and budget scenarios

CREATE TABLE recommendations (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  project_id UUID NOT NULL REFERENCES projects(id) ON DELETE CASCADE,
  generated_by VARCHAR(50) DEFAULT 'ai' CHECK (generated_by IN ('ai', 'manual', 'hybrid')),
  model_version VARCHAR(50),
  generation_timestamp TIMESTAMPTZ DEFAULT NOW(),
  input_parameters JSONB DEFAULT '{}'::jsonb,
  summary JSONB DEFAULT '{}'::jsonb,
  status VARCHAR(50) DEFAULT 'draft' CHECK (status IN ('draft', 'presented', 'approved', 'rejected')),
  confidence_score NUMERIC(3, 2) CHECK (confidence_score BETWEEN 0 AND 1),
  user_rating SMALLINT CHECK (user_rating BETWEEN 1 AND 5),
  user_feedback TEXT,
  created_at TIMESTAMPTZ DEFAULT NOW(),
  updated_at TIMESTAMPTZ DEFAULT NOW()
);

CREATE INDEX idx_recommendations_project ON recommendations(project_id);
CREATE INDEX idx_recommendations_status ON recommendations(status);

CREATE TABLE recommendation_items (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  recommendation_id UUID NOT NULL REFERENCES recommendations(id) ON DELETE CASCADE,
  project_id UUID NOT NULL REFERENCES projects(id) ON DELETE CASCADE,
  product_id UUID NOT NULL REFERENCES products(id),
  variant_id UUID REFERENCES product_variants(id),
  space_id UUID REFERENCES spaces(id),
  placement JSONB,
  quantity INTEGER NOT NULL CHECK (quantity > 0),
  unit_price NUMERIC(10, 2) NOT NULL CHECK (unit_price >= 0),
  total_price NUMERIC(10, 2) NOT NULL CHECK (total_price >= 0),
  reasoning TEXT,
  confidence_score NUMERIC(3, 2) CHECK (confidence_score BETWEEN 0 AND 1),
  alternatives JSONB DEFAULT '[]'::jsonb,
  status VARCHAR(50) DEFAULT 'proposed' CHECK (status IN ('proposed', 'accepted', 'rejected', 'substituted')),
  created_at TIMESTAMPTZ DEFAULT NOW(),
  updated_at TIMESTAMPTZ DEFAULT NOW()
);

CREATE INDEX idx_rec_items_recommendation ON recommendation_items(recommendation_id);
CREATE INDEX idx_rec_items_project ON recommendation_items(project_id);
CREATE INDEX idx_rec_items_product ON recommendation_items(product_id);
CREATE INDEX idx_rec_items_space ON recommendation_items(space_id);

CREATE TABLE budget_scenarios (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  project_id UUID NOT NULL REFERENCES projects(id) ON DELETE CASCADE,
  recommendation_id UUID REFERENCES recommendations(id) ON DELETE CASCADE,
  name VARCHAR(255) NOT NULL,
  type VARCHAR(50) CHECK (type IN ('conservative', 'balanced', 'aggressive')),
  total_cost NUMERIC(12, 2) NOT NULL CHECK (total_cost >= 0),
  variance_from_target_pct NUMERIC(5, 2),
  quality_score SMALLINT CHECK (quality_score BETWEEN 0 AND 100),
  sustainability_score SMALLINT CHECK (sustainability_score BETWEEN 0 AND 100),
  roi_analysis JSONB DEFAULT '{}'::jsonb,
  trade_offs JSONB DEFAULT '[]'::jsonb,
  is_selected BOOLEAN DEFAULT false,
  created_at TIMESTAMPTZ DEFAULT NOW(),
  updated_at TIMESTAMPTZ DEFAULT NOW()
);

CREATE INDEX idx_budget_scenarios_project ON budget_scenarios(project_id);
CREATE INDEX idx_budget_scenarios_recommendation ON budget_scenarios(recommendation_id);
