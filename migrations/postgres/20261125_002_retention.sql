-- How long data is kept: the policies as data, what each run did, legal holds, and the sums that outlive the details.

CREATE TABLE retention_policies (
  name VARCHAR(50) PRIMARY KEY,
  description TEXT NOT NULL,
  enabled BOOLEAN NOT NULL DEFAULT true,
  -- Days after which data goes to cold storage, is summed up or is deleted; null where that never happens.
  archive_after_days INTEGER CHECK (archive_after_days >= 1),
  aggregate_after_days INTEGER CHECK (aggregate_after_days >= 1),
  delete_after_days INTEGER CHECK (delete_after_days >= 1),
  -- Rows kept as samples for every group that is summed up.
  samples_kept INTEGER CHECK (samples_kept BETWEEN 0 AND 1000),
  batch_size INTEGER NOT NULL DEFAULT 1000 CHECK (batch_size BETWEEN 1 AND 10000),
  updated_by UUID REFERENCES users(id) ON DELETE SET NULL,
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  CHECK (delete_after_days IS NULL OR archive_after_days IS NULL OR delete_after_days > archive_after_days)
);

INSERT INTO retention_policies (name, description, archive_after_days, aggregate_after_days, delete_after_days, samples_kept) VALUES
  ('active_projects', 'Projects that are not completed stay as they are.', NULL, NULL, NULL, NULL),
  ('completed_projects', 'Completed projects: cold storage after two years, deleted after seven.', 730, NULL, 2555, NULL),
  ('user_conversations', 'Conversations: insights are summed up and the words deleted two years after the last message.', NULL, 730, 730, NULL),
  ('event_logs', 'Events and product views: daily sums stay, the rows go after two years.', NULL, 730, 730, NULL),
  ('ai_model_metrics', 'Calls of models: weekly sums and samples stay, the other rows go after a year.', NULL, 365, 365, 20),
  ('floor_plan_files', 'Files of floor plans: cold storage after a year, deleted after five; what was read from them stays.', 365, NULL, 1825, NULL),
  ('renders', 'Pictures of furnished rooms: deleted 90 days after the project is completed.', NULL, NULL, 90, NULL);

CREATE TABLE retention_runs (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  as_of TIMESTAMPTZ NOT NULL,
  dry_run BOOLEAN NOT NULL,
  status VARCHAR(20) NOT NULL DEFAULT 'running' CHECK (status IN ('running', 'done', 'failed', 'stopped')),
  -- One entry a policy: matched, held, archived, deleted, aggregated, error.
  policies JSONB NOT NULL DEFAULT '[]'::jsonb,
  requested_by UUID REFERENCES users(id) ON DELETE SET NULL,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  finished_at TIMESTAMPTZ
);
CREATE INDEX idx_retention_runs_started ON retention_runs(started_at DESC);

-- While a hold is open nothing of its subject is archived, summed up or deleted.
CREATE TABLE legal_holds (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  scope VARCHAR(20) NOT NULL CHECK (scope IN ('project', 'organization', 'user')),
  subject_id UUID NOT NULL,
  reason TEXT NOT NULL,
  created_by UUID REFERENCES users(id) ON DELETE SET NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  released_by UUID REFERENCES users(id) ON DELETE SET NULL,
  released_at TIMESTAMPTZ
);
CREATE UNIQUE INDEX idx_legal_holds_open ON legal_holds(scope, subject_id) WHERE released_at IS NULL;

-- What conversations were about once their words are gone; no person and no project in it.
CREATE TABLE conversation_insights (
  month DATE NOT NULL,
  organization_id UUID REFERENCES organizations(id) ON DELETE CASCADE,
  conversations INTEGER NOT NULL,
  messages INTEGER NOT NULL,
  user_messages INTEGER NOT NULL,
  tokens_used BIGINT NOT NULL DEFAULT 0,
  -- Counts by intent, by field of the brief that was given, and by model.
  intents JSONB NOT NULL DEFAULT '{}'::jsonb,
  requirement_fields JSONB NOT NULL DEFAULT '{}'::jsonb,
  models JSONB NOT NULL DEFAULT '{}'::jsonb,
  UNIQUE NULLS NOT DISTINCT (month, organization_id)
);

-- Adds two objects of counts, key by key.
CREATE FUNCTION add_counts(a JSONB, b JSONB) RETURNS JSONB LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(jsonb_object_agg(key, n), '{}'::jsonb)
  FROM (SELECT key, sum(value::bigint) AS n FROM (SELECT * FROM jsonb_each_text(a) UNION ALL SELECT * FROM jsonb_each_text(b)) x GROUP BY key) y
$$;

CREATE TABLE ai_model_metrics_weekly (
  week DATE NOT NULL,
  model_name VARCHAR(100) NOT NULL,
  model_version VARCHAR(50) NOT NULL,
  task_type VARCHAR(100) NOT NULL,
  calls INTEGER NOT NULL,
  latency_avg_ms DOUBLE PRECISION,
  latency_p50_ms DOUBLE PRECISION,
  latency_p95_ms DOUBLE PRECISION,
  tokens_used BIGINT NOT NULL DEFAULT 0,
  cost_usd NUMERIC(14, 4) NOT NULL DEFAULT 0,
  confidence_avg DOUBLE PRECISION,
  rated INTEGER NOT NULL DEFAULT 0,
  rating_avg DOUBLE PRECISION,
  decided INTEGER NOT NULL DEFAULT 0,
  accepted INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (week, model_name, model_version, task_type)
);
-- Samples of weeks that are summed up: kept without person and project.
ALTER TABLE ai_model_metrics ADD COLUMN is_sample BOOLEAN NOT NULL DEFAULT false;
CREATE INDEX idx_ai_metrics_age ON ai_model_metrics(timestamp) WHERE NOT is_sample;

-- Pictures of furnished rooms and floors.
CREATE TABLE renders (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  project_id UUID NOT NULL REFERENCES projects(id) ON DELETE CASCADE,
  floor_plan_id UUID REFERENCES floor_plans(id) ON DELETE CASCADE,
  scenario_id UUID REFERENCES budget_scenarios(id) ON DELETE SET NULL,
  name VARCHAR(200) NOT NULL,
  file_key TEXT NOT NULL,
  content_type VARCHAR(50) NOT NULL,
  file_size_bytes BIGINT NOT NULL CHECK (file_size_bytes >= 0),
  width_px INTEGER NOT NULL CHECK (width_px > 0),
  height_px INTEGER NOT NULL CHECK (height_px > 0),
  created_by UUID REFERENCES users(id) ON DELETE SET NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE INDEX idx_renders_project ON renders(project_id, created_at DESC);

-- Where the bytes of a plan's file are: at hand, in cold storage, or deleted.
ALTER TABLE floor_plans
  ADD COLUMN file_tier VARCHAR(10) NOT NULL DEFAULT 'hot' CHECK (file_tier IN ('hot', 'cold', 'deleted')),
  ADD COLUMN file_brought_back_at TIMESTAMPTZ;
CREATE INDEX idx_floor_plans_file_age ON floor_plans(created_at) WHERE file_tier <> 'deleted';

-- When a project was completed: the day its years are counted from.
ALTER TABLE projects ADD COLUMN completed_at TIMESTAMPTZ;
UPDATE projects SET completed_at = updated_at WHERE status = 'completed';
CREATE FUNCTION note_completion() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status = 'completed' AND (TG_OP = 'INSERT' OR OLD.status IS DISTINCT FROM 'completed') THEN
    NEW.completed_at := coalesce(NEW.completed_at, now());
  ELSIF NEW.status NOT IN ('completed', 'archived') THEN
    NEW.completed_at := NULL;
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER trg_projects_completion BEFORE INSERT OR UPDATE OF status ON projects FOR EACH ROW EXECUTE FUNCTION note_completion();
CREATE INDEX idx_projects_completed ON projects(completed_at) WHERE completed_at IS NOT NULL;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['retention_policies', 'retention_runs', 'legal_holds', 'conversation_insights', 'ai_model_metrics_weekly', 'renders']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO ofs_system', t);
    EXECUTE format('CREATE POLICY system_all ON %I TO ofs_system USING (true) WITH CHECK (true)', t);
  END LOOP;
END
$$;

GRANT SELECT, INSERT, DELETE ON renders TO ofs_app;
CREATE POLICY app_select ON renders FOR SELECT TO ofs_app USING (EXISTS (SELECT 1 FROM projects p WHERE p.id = project_id));
CREATE POLICY app_insert ON renders FOR INSERT TO ofs_app WITH CHECK (app_can_edit_project(project_id));
CREATE POLICY app_delete ON renders FOR DELETE TO ofs_app USING (app_can_edit_project(project_id));
