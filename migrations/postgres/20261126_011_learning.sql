-- Learning: what was offered as it was when it was offered, rows to train on, ranking models, consent of organizations

-- One row a choice of a scenario, for all needs that shared it: the products offered with their features at that moment.
CREATE TABLE ranking_impressions (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  recommendation_id UUID NOT NULL REFERENCES recommendations(id) ON DELETE CASCADE,
  project_id UUID NOT NULL REFERENCES projects(id) ON DELETE CASCADE,
  organization_id UUID NOT NULL REFERENCES organizations(id) ON DELETE CASCADE,
  scenario_id UUID NOT NULL REFERENCES budget_scenarios(id) ON DELETE CASCADE,
  need_keys TEXT[] NOT NULL,
  offer JSONB NOT NULL,
  model_version VARCHAR(50),
  created_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE INDEX idx_ranking_impressions_scenario ON ranking_impressions(scenario_id);
CREATE INDEX idx_ranking_impressions_recommendation ON ranking_impressions(recommendation_id);
CREATE INDEX idx_ranking_impressions_project ON ranking_impressions(project_id);
CREATE INDEX idx_ranking_impressions_organization ON ranking_impressions(organization_id);

-- Feedback is turned into rows once.
ALTER TABLE recommendation_feedback ADD COLUMN collected_at TIMESTAMPTZ;
CREATE INDEX idx_rec_feedback_waiting ON recommendation_feedback(created_at) WHERE collected_at IS NULL;

ALTER TABLE ml_training_data
  ADD COLUMN organization_id UUID REFERENCES organizations(id) ON DELETE CASCADE,
  -- The feedback and which of its rows: the same feedback read twice is one row.
  ADD COLUMN dedupe_key VARCHAR(120),
  -- Item and product, or pair of products: of several decisions on the same the last one counts.
  ADD COLUMN subject_key VARCHAR(200),
  ADD COLUMN decided_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  -- Set together with verified_by and verified_at while verified stays false.
  ADD COLUMN excluded_reason VARCHAR(300);
CREATE UNIQUE INDEX idx_ml_training_once ON ml_training_data(dedupe_key) WHERE dedupe_key IS NOT NULL;
CREATE INDEX idx_ml_training_newest ON ml_training_data(model_type, decided_at DESC, id DESC);
CREATE INDEX idx_ml_training_organization ON ml_training_data(organization_id, decided_at DESC);

-- What was seen and decided never changes; only what was made of it does.
CREATE FUNCTION training_rows_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.input_features IS DISTINCT FROM OLD.input_features OR NEW.output_labels IS DISTINCT FROM OLD.output_labels
    OR NEW.source_type IS DISTINCT FROM OLD.source_type OR NEW.source_id IS DISTINCT FROM OLD.source_id
    OR NEW.model_type IS DISTINCT FROM OLD.model_type OR NEW.organization_id IS DISTINCT FROM OLD.organization_id
    OR NEW.decided_at IS DISTINCT FROM OLD.decided_at OR NEW.dedupe_key IS DISTINCT FROM OLD.dedupe_key THEN
    RAISE EXCEPTION 'training data is only added to' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER trg_training_rows_stay BEFORE UPDATE ON ml_training_data FOR EACH ROW EXECUTE FUNCTION training_rows_stay();

-- No row: both true.
CREATE TABLE organization_learning (
  organization_id UUID PRIMARY KEY REFERENCES organizations(id) ON DELETE CASCADE,
  use_learned BOOLEAN NOT NULL DEFAULT true,
  share BOOLEAN NOT NULL DEFAULT true,
  updated_by UUID REFERENCES users(id) ON DELETE SET NULL,
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

CREATE TABLE ranking_models (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  number BIGINT GENERATED ALWAYS AS IDENTITY UNIQUE,
  version VARCHAR(40) NOT NULL GENERATED ALWAYS AS ('rank-' || number::text) STORED,
  status VARCHAR(20) NOT NULL CHECK (status IN ('live', 'retired', 'rejected', 'withdrawn')),
  parameters JSONB NOT NULL,
  -- Organizations whose decisions are in the shared part, and in the model at all.
  shared_from UUID[] NOT NULL DEFAULT '{}',
  rows_used INTEGER NOT NULL,
  organizations INTEGER NOT NULL,
  data_hash VARCHAR(64) NOT NULL,
  -- Newest decision that the parameters have seen.
  seen_until TIMESTAMPTZ,
  comparison JSONB,
  moved JSONB NOT NULL DEFAULT '[]'::jsonb,
  decision TEXT NOT NULL,
  took_ms INTEGER NOT NULL,
  trained_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  promoted_at TIMESTAMPTZ
);
CREATE UNIQUE INDEX idx_ranking_models_live ON ranking_models(status) WHERE status = 'live';

-- One organization's posterior under a model; never read by another.
CREATE TABLE ranking_posteriors (
  model_id UUID NOT NULL REFERENCES ranking_models(id) ON DELETE CASCADE,
  organization_id UUID NOT NULL REFERENCES organizations(id) ON DELETE CASCADE,
  parameters JSONB NOT NULL,
  rows_used INTEGER NOT NULL,
  PRIMARY KEY (model_id, organization_id)
);
CREATE INDEX idx_ranking_posteriors_organization ON ranking_posteriors(organization_id);

CREATE TABLE ranking_runs (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  status VARCHAR(20) NOT NULL DEFAULT 'queued' CHECK (status IN ('queued', 'running', 'done', 'failed')),
  reason VARCHAR(20) NOT NULL CHECK (reason IN ('schedule', 'by_hand', 'withdrawal')),
  note TEXT,
  model_id UUID REFERENCES ranking_models(id) ON DELETE SET NULL,
  requested_by UUID REFERENCES users(id) ON DELETE SET NULL,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  finished_at TIMESTAMPTZ
);
CREATE INDEX idx_ranking_runs_started ON ranking_runs(started_at DESC);

-- The live ranking for the organization a project belongs to: also collaborators from elsewhere are served by it, and
-- whoever has no role on the project gets nothing.
CREATE FUNCTION app_live_ranking(project uuid) RETURNS jsonb LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT jsonb_build_object('version', m.version, 'organization_id', p.organization_id, 'shared', m.parameters, 'own', r.parameters)
  FROM projects p
    JOIN ranking_models m ON m.status = 'live'
    LEFT JOIN ranking_posteriors r ON r.model_id = m.id AND r.organization_id = p.organization_id
    LEFT JOIN organization_learning l ON l.organization_id = p.organization_id
  WHERE p.id = project AND p.organization_id IS NOT NULL AND coalesce(l.use_learned, true)
    AND app_project_role(project) IS NOT NULL
$$;
GRANT CREATE ON SCHEMA public TO ofs_system;
ALTER FUNCTION app_live_ranking(uuid) OWNER TO ofs_system;
REVOKE CREATE ON SCHEMA public FROM ofs_system;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['ranking_impressions', 'organization_learning', 'ranking_models', 'ranking_posteriors', 'ranking_runs'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO ofs_system', t);
    EXECUTE format('CREATE POLICY system_all ON %I TO ofs_system USING (true) WITH CHECK (true)', t);
  END LOOP;
END
$$;

-- Written by whoever has a recommendation made; read back by the collecting job alone.
GRANT INSERT ON ranking_impressions TO ofs_app;
CREATE POLICY app_insert ON ranking_impressions FOR INSERT TO ofs_app
  WITH CHECK (app_can_edit_project(project_id)
    AND organization_id = (SELECT p.organization_id FROM projects p WHERE p.id = project_id));

GRANT SELECT ON ml_training_data TO ofs_app;
CREATE POLICY app_select ON ml_training_data FOR SELECT TO ofs_app
  USING (organization_id = ANY ((SELECT app_organization_ids('{owner,admin,member,viewer}'))::uuid[]));

GRANT SELECT ON ranking_posteriors TO ofs_app;
CREATE POLICY app_select ON ranking_posteriors FOR SELECT TO ofs_app
  USING (organization_id = ANY ((SELECT app_organization_ids('{owner,admin,member,viewer}'))::uuid[]));

GRANT SELECT, INSERT, UPDATE ON organization_learning TO ofs_app;
CREATE POLICY app_select ON organization_learning FOR SELECT TO ofs_app
  USING (organization_id = ANY ((SELECT app_organization_ids('{owner,admin,member,viewer}'))::uuid[]));
CREATE POLICY app_insert ON organization_learning FOR INSERT TO ofs_app
  WITH CHECK (organization_id = ANY ((SELECT app_organization_ids('{owner,admin}'))::uuid[]));
CREATE POLICY app_update ON organization_learning FOR UPDATE TO ofs_app
  USING (organization_id = ANY ((SELECT app_organization_ids('{owner,admin}'))::uuid[]))
  WITH CHECK (organization_id = ANY ((SELECT app_organization_ids('{owner,admin}'))::uuid[]));
