-- Add sustainability scoring
ALTER TABLE projects
ADD COLUMN sustainability_targets JSONB DEFAULT '{}'::jsonb;

CREATE TABLE sustainability_metrics (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  project_id UUID NOT NULL REFERENCES projects(id) ON DELETE CASCADE,
  overall_score SMALLINT CHECK (overall_score >= 0 AND overall_score <= 100),
  carbon_footprint_kg NUMERIC(12, 2),
  recycled_content_pct NUMERIC(5, 2),
  recyclable_pct NUMERIC(5, 2),
  certifications_achieved TEXT[],
  leed_points INTEGER,
  calculated_at TIMESTAMPTZ DEFAULT NOW(),
  created_at TIMESTAMPTZ DEFAULT NOW()
);

CREATE INDEX idx_sustainability_project ON sustainability_metrics(project_id);
