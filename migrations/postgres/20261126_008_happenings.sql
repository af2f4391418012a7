-- What happened in a project and is told to others: one row each, written in the transaction of the change itself.

CREATE TABLE happenings (
  -- Made from what happened: the same thing told twice is one row.
  id UUID PRIMARY KEY,
  -- In the order of writing.
  sequence BIGINT GENERATED ALWAYS AS IDENTITY UNIQUE,
  type VARCHAR(60) NOT NULL,
  organization_id UUID REFERENCES organizations(id) ON DELETE CASCADE,
  project_id UUID NOT NULL REFERENCES projects(id) ON DELETE CASCADE,
  subject_id UUID NOT NULL,
  actor_id UUID REFERENCES users(id) ON DELETE SET NULL,
  data JSONB NOT NULL DEFAULT '{}'::jsonb,
  happened_at TIMESTAMPTZ NOT NULL,
  -- When it was handed to the webhooks of its organization.
  dispatched_at TIMESTAMPTZ
);
CREATE INDEX idx_happenings_waiting ON happenings(sequence) WHERE dispatched_at IS NULL;
CREATE INDEX idx_happenings_organization ON happenings(organization_id, happened_at DESC);
CREATE INDEX idx_happenings_project ON happenings(project_id);

ALTER TABLE happenings ENABLE ROW LEVEL SECURITY;
ALTER TABLE happenings FORCE ROW LEVEL SECURITY;
CREATE POLICY system_all ON happenings TO ofs_system USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON happenings TO ofs_system;
-- Whoever works on a project has its happenings written; nobody reads them but the dispatcher.
GRANT INSERT (id, type, organization_id, project_id, subject_id, actor_id, data, happened_at) ON happenings TO ofs_app;
CREATE POLICY app_insert ON happenings FOR INSERT TO ofs_app
  WITH CHECK (app_project_role(project_id) IS NOT NULL
    AND organization_id IS NOT DISTINCT FROM (SELECT p.organization_id FROM projects p WHERE p.id = project_id));
