-- Columns the features need beside those of the data architecture: revisions for If-Match, plan progress, room details, scenario contents

ALTER TABLE projects ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;

CREATE FUNCTION bump_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.revision := OLD.revision + 1;
  RETURN NEW;
END
$$;
CREATE TRIGGER trg_projects_revision BEFORE UPDATE ON projects FOR EACH ROW EXECUTE FUNCTION bump_revision();

ALTER TABLE floor_plans
  ADD COLUMN level_name VARCHAR(100),
  ADD COLUMN content_sha256 VARCHAR(64),
  ADD COLUMN progress_pct SMALLINT NOT NULL DEFAULT 0 CHECK (progress_pct BETWEEN 0 AND 100),
  ADD COLUMN progress_note VARCHAR(200),
  ADD COLUMN feet_per_unit DOUBLE PRECISION;

ALTER TABLE spaces
  ADD COLUMN number VARCHAR(50),
  ADD COLUMN source_key VARCHAR(50),
  ADD COLUMN holes JSONB NOT NULL DEFAULT '[]'::jsonb,
  ADD COLUMN source_polygon JSONB,
  ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;
CREATE TRIGGER trg_spaces_revision BEFORE UPDATE ON spaces FOR EACH ROW EXECUTE FUNCTION bump_revision();

ALTER TABLE budget_scenarios
  ADD COLUMN currency VARCHAR(3) NOT NULL DEFAULT 'USD',
  ADD COLUMN lines JSONB NOT NULL DEFAULT '[]'::jsonb,
  ADD COLUMN solver JSONB NOT NULL DEFAULT '{}'::jsonb,
  ADD COLUMN metrics JSONB NOT NULL DEFAULT '{}'::jsonb,
  ADD COLUMN assumptions JSONB NOT NULL DEFAULT '{}'::jsonb;

-- Each scenario has its own bill; an item belongs to one scenario of its recommendation.
ALTER TABLE recommendation_items
  ADD COLUMN scenario_id UUID REFERENCES budget_scenarios(id) ON DELETE CASCADE,
  ADD COLUMN need_key VARCHAR(200),
  ADD COLUMN need JSONB NOT NULL DEFAULT '{}'::jsonb,
  ADD COLUMN locked BOOLEAN NOT NULL DEFAULT false;
CREATE INDEX idx_rec_items_scenario ON recommendation_items(scenario_id);

ALTER TABLE recommendations ADD COLUMN created_by UUID REFERENCES users(id) ON DELETE SET NULL;
ALTER TABLE sustainability_metrics
  ADD COLUMN scenario_id UUID REFERENCES budget_scenarios(id) ON DELETE CASCADE,
  ADD COLUMN report JSONB NOT NULL DEFAULT '{}'::jsonb;

-- One selected scenario a project.
CREATE UNIQUE INDEX idx_budget_scenarios_selected ON budget_scenarios(project_id) WHERE is_selected;
