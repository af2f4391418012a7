-- Exports with expiry and signed links, order files (SIF) read against a bill, and bill lines of imported projects whose product this catalogue lacks

CREATE TABLE exports (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  project_id UUID NOT NULL REFERENCES projects(id) ON DELETE CASCADE,
  format VARCHAR(20) NOT NULL,
  audience VARCHAR(20) NOT NULL CHECK (audience IN ('client', 'dealer')),
  scenario_id UUID REFERENCES budget_scenarios(id) ON DELETE SET NULL,
  options JSONB NOT NULL DEFAULT '{}'::jsonb,
  status VARCHAR(20) NOT NULL DEFAULT 'queued' CHECK (status IN ('queued', 'running', 'ready', 'failed', 'expired')),
  progress_pct SMALLINT NOT NULL DEFAULT 0 CHECK (progress_pct BETWEEN 0 AND 100),
  progress_note VARCHAR(200),
  error TEXT,
  file_key TEXT,
  file_name VARCHAR(255),
  content_type VARCHAR(100),
  file_size_bytes BIGINT,
  sha256 VARCHAR(64),
  left_out JSONB NOT NULL DEFAULT '[]'::jsonb,
  -- The file holds what a dealer pays.
  has_cost BOOLEAN NOT NULL DEFAULT false,
  -- Key of the signed links to this file: ends with the row, and can be changed to end every link at once.
  link_secret VARCHAR(64) NOT NULL DEFAULT replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''),
  created_by UUID REFERENCES users(id) ON DELETE SET NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
  finished_at TIMESTAMPTZ,
  expires_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX idx_exports_project ON exports(project_id, created_at DESC, id DESC);
CREATE INDEX idx_exports_expiry ON exports(expires_at) WHERE status <> 'expired';

CREATE TABLE sif_imports (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  project_id UUID NOT NULL REFERENCES projects(id) ON DELETE CASCADE,
  scenario_id UUID NOT NULL REFERENCES budget_scenarios(id) ON DELETE CASCADE,
  file_name VARCHAR(255) NOT NULL,
  file_size_bytes BIGINT NOT NULL,
  status VARCHAR(20) NOT NULL DEFAULT 'read' CHECK (status IN ('read', 'applied', 'undone')),
  report JSONB NOT NULL,
  -- The bill the report speaks of: it is applied to no other.
  bill_fingerprint VARCHAR(64) NOT NULL,
  outcome JSONB,
  -- The change of the bill that applying it was; taking it back takes back that.
  change_id UUID REFERENCES recommendation_changes(id) ON DELETE SET NULL,
  created_by UUID REFERENCES users(id) ON DELETE SET NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
  applied_at TIMESTAMPTZ,
  undone_at TIMESTAMPTZ
);
CREATE INDEX idx_sif_imports_project ON sif_imports(project_id, created_at DESC, id DESC);

-- A bill line names a product of the catalogue; a line whose product is not in it is kept here as it was described.
CREATE TABLE item_snapshots (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  project_id UUID NOT NULL REFERENCES projects(id) ON DELETE CASCADE,
  scenario_id UUID NOT NULL REFERENCES budget_scenarios(id) ON DELETE CASCADE,
  space_id UUID REFERENCES spaces(id) ON DELETE SET NULL,
  sku VARCHAR(100) NOT NULL,
  item JSONB NOT NULL,
  product JSONB NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT NOW()
);
CREATE INDEX idx_item_snapshots_project ON item_snapshots(project_id);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['exports', 'sif_imports', 'item_snapshots'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY system_all ON %I TO ofs_system USING (true) WITH CHECK (true)', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO ofs_system', t);
  END LOOP;
END
$$;

-- Everyone on the project sees what is meant for the client; the rest its editors, with costs only dealers and the maker.
-- The link's key is read by nobody. Jobs write the outcome as ofs_system.
GRANT SELECT (id, project_id, format, audience, scenario_id, options, status, progress_pct, progress_note, error, file_key,
  file_name, content_type, file_size_bytes, sha256, left_out, has_cost, created_by, created_at, finished_at, expires_at) ON exports TO ofs_app;
GRANT INSERT (id, project_id, format, audience, scenario_id, options, created_by, created_at, expires_at, progress_note) ON exports TO ofs_app;
GRANT DELETE ON exports TO ofs_app;
CREATE POLICY app_select ON exports FOR SELECT TO ofs_app
  USING (EXISTS (SELECT 1 FROM projects p WHERE p.id = project_id)
    AND (audience = 'client' OR app_can_edit_project(project_id))
    AND (NOT has_cost OR app_may_see_cost(project_id)));
CREATE POLICY app_insert ON exports FOR INSERT TO ofs_app
  WITH CHECK (created_by = (SELECT app_user_id()) AND app_project_role(project_id) IS NOT NULL
    AND (audience = 'client' OR app_can_edit_project(project_id)));
CREATE POLICY app_delete ON exports FOR DELETE TO ofs_app
  USING (created_by = (SELECT app_user_id()) OR app_can_edit_project(project_id));

-- Order files speak of prices between dealer and maker: for those who edit the project.
GRANT SELECT, INSERT, UPDATE ON sif_imports TO ofs_app;
CREATE POLICY app_all ON sif_imports TO ofs_app
  USING (app_can_edit_project(project_id)) WITH CHECK (app_can_edit_project(project_id));

GRANT SELECT, INSERT ON item_snapshots TO ofs_app;
CREATE POLICY app_select ON item_snapshots FOR SELECT TO ofs_app
  USING (EXISTS (SELECT 1 FROM projects p WHERE p.id = project_id));
CREATE POLICY app_insert ON item_snapshots FOR INSERT TO ofs_app WITH CHECK (app_can_edit_project(project_id));
