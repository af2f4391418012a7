-- Projects together: kinds of versions and the milestones that make them, templates, comments, share links and approvals

ALTER TABLE projects ADD COLUMN is_template BOOLEAN NOT NULL DEFAULT false;
CREATE INDEX idx_projects_templates ON projects(organization_id, created_at DESC) WHERE is_template AND deleted_at IS NULL;

ALTER TABLE project_versions
  -- named: by hand; automatic: at a milestone; restored: an earlier version brought back.
  ADD COLUMN kind VARCHAR(20) NOT NULL DEFAULT 'named' CHECK (kind IN ('named', 'automatic', 'restored')),
  -- SHA-256 of the state, to tell whether two versions hold the same.
  ADD COLUMN state_sha256 VARCHAR(64);

-- What a project had reached when its last automatic version was made.
CREATE TABLE project_milestones (
  project_id UUID PRIMARY KEY REFERENCES projects(id) ON DELETE CASCADE,
  marks JSONB NOT NULL DEFAULT '{}'::jsonb,
  updated_at TIMESTAMPTZ NOT NULL DEFAULT NOW()
);

-- Links that show a project to people without an account. The token itself is stored nowhere.
CREATE TABLE share_links (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  project_id UUID NOT NULL REFERENCES projects(id) ON DELETE CASCADE,
  token_hash VARCHAR(64) NOT NULL UNIQUE,
  label VARCHAR(200) NOT NULL,
  role VARCHAR(20) NOT NULL CHECK (role IN ('viewer', 'commenter', 'approver')),
  prices VARCHAR(20) NOT NULL DEFAULT 'none' CHECK (prices IN ('none', 'list', 'sell')),
  downloads BOOLEAN NOT NULL DEFAULT false,
  password_hash VARCHAR(255),
  expires_at TIMESTAMPTZ NOT NULL,
  revoked_at TIMESTAMPTZ,
  last_opened_at TIMESTAMPTZ,
  opened_count INTEGER NOT NULL DEFAULT 0,
  created_by UUID REFERENCES users(id) ON DELETE CASCADE,
  created_at TIMESTAMPTZ NOT NULL DEFAULT NOW()
);
CREATE INDEX idx_share_links_project ON share_links(project_id, created_at DESC, id DESC);
CREATE INDEX idx_share_links_created_by ON share_links(created_by);

-- What somebody decided through a link, of one version of the project. Kept when the link goes.
CREATE TABLE share_decisions (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  project_id UUID NOT NULL REFERENCES projects(id) ON DELETE CASCADE,
  share_link_id UUID REFERENCES share_links(id) ON DELETE SET NULL,
  version_number INTEGER NOT NULL,
  decision VARCHAR(20) NOT NULL CHECK (decision IN ('approved', 'changes_requested')),
  name VARCHAR(200) NOT NULL,
  email VARCHAR(255) NOT NULL,
  note TEXT,
  -- Without its last part.
  ip_address VARCHAR(64),
  decided_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
  FOREIGN KEY (project_id, version_number) REFERENCES project_versions(project_id, version_number) ON DELETE CASCADE
);
CREATE INDEX idx_share_decisions_project ON share_decisions(project_id, decided_at DESC, id DESC);
CREATE INDEX idx_share_decisions_link ON share_decisions(share_link_id);

CREATE TABLE comments (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  project_id UUID NOT NULL REFERENCES projects(id) ON DELETE CASCADE,
  -- The first comment of the thread; null for that one itself.
  thread_id UUID REFERENCES comments(id) ON DELETE CASCADE,
  subject_type VARCHAR(20) NOT NULL CHECK (subject_type IN ('project', 'space', 'item')),
  -- Ids without a reference: what was said outlives the room or the line.
  subject_id UUID,
  -- How the subject was called; for a line also where it stands, so that it is found again in another recommendation.
  subject JSONB NOT NULL DEFAULT '{}'::jsonb,
  body TEXT NOT NULL,
  mentions UUID[] NOT NULL DEFAULT '{}',
  author_id UUID REFERENCES users(id) ON DELETE SET NULL,
  author_name VARCHAR(200) NOT NULL,
  -- Set where it was written through a share link.
  share_link_id UUID REFERENCES share_links(id) ON DELETE SET NULL,
  resolved_at TIMESTAMPTZ,
  resolved_by UUID REFERENCES users(id) ON DELETE SET NULL,
  edited_at TIMESTAMPTZ,
  deleted_at TIMESTAMPTZ,
  created_at TIMESTAMPTZ NOT NULL DEFAULT NOW()
);
CREATE INDEX idx_comments_threads ON comments(project_id, created_at DESC, id DESC) WHERE thread_id IS NULL;
CREATE INDEX idx_comments_thread ON comments(thread_id, created_at);
CREATE INDEX idx_comments_project ON comments(project_id);
CREATE INDEX idx_comments_author ON comments(author_id);
CREATE INDEX idx_comments_link ON comments(share_link_id);
CREATE INDEX idx_comments_resolved_by ON comments(resolved_by);

-- Everyone who works on a project, for mentions: its owner, its collaborators and its organization's members.
CREATE FUNCTION app_project_people(project uuid)
RETURNS TABLE (user_id uuid, email text, first_name text, last_name text, preferences jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT u.id, u.email::text, u.first_name::text, u.last_name::text, u.preferences FROM users u
  WHERE app_project_role(project) IS NOT NULL AND u.status = 'active' AND u.deleted_at IS NULL AND u.id IN (
    SELECT p.owner_id FROM projects p WHERE p.id = project
    UNION SELECT c.user_id FROM project_collaborators c WHERE c.project_id = project
    UNION SELECT m.user_id FROM organization_members m JOIN projects p ON p.organization_id = m.organization_id WHERE p.id = project)
$$;
GRANT CREATE ON SCHEMA public TO ofs_system;
ALTER FUNCTION app_project_people(uuid) OWNER TO ofs_system;
REVOKE CREATE ON SCHEMA public FROM ofs_system;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['project_milestones', 'share_links', 'share_decisions', 'comments'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY system_all ON %I TO ofs_system USING (true) WITH CHECK (true)', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO ofs_system', t);
  END LOOP;
END
$$;

-- Kept in step with the project by whoever changes it.
GRANT SELECT, INSERT, UPDATE ON project_milestones TO ofs_app;
CREATE POLICY app_select ON project_milestones FOR SELECT TO ofs_app
  USING (EXISTS (SELECT 1 FROM projects p WHERE p.id = project_id));
CREATE POLICY app_insert ON project_milestones FOR INSERT TO ofs_app WITH CHECK (app_can_edit_project(project_id));
CREATE POLICY app_update ON project_milestones FOR UPDATE TO ofs_app
  USING (app_can_edit_project(project_id)) WITH CHECK (app_can_edit_project(project_id));

-- Only those who may share see the links; nobody reads a token's or a password's hash.
GRANT SELECT (id, project_id, label, role, prices, downloads, expires_at, revoked_at, last_opened_at, opened_count, created_by, created_at) ON share_links TO ofs_app;
GRANT INSERT (id, project_id, token_hash, label, role, prices, downloads, password_hash, expires_at, created_by) ON share_links TO ofs_app;
GRANT UPDATE (revoked_at) ON share_links TO ofs_app;
CREATE POLICY app_select ON share_links FOR SELECT TO ofs_app USING (app_project_role(project_id) = 'owner');
CREATE POLICY app_insert ON share_links FOR INSERT TO ofs_app
  WITH CHECK (created_by = (SELECT app_user_id()) AND app_project_role(project_id) = 'owner');
CREATE POLICY app_update ON share_links FOR UPDATE TO ofs_app
  USING (app_project_role(project_id) = 'owner') WITH CHECK (app_project_role(project_id) = 'owner');

-- Decisions are written by the link's own page as ofs_system, read by all who see the project, changed by no one.
GRANT SELECT ON share_decisions TO ofs_app;
CREATE POLICY app_select ON share_decisions FOR SELECT TO ofs_app
  USING (EXISTS (SELECT 1 FROM projects p WHERE p.id = project_id));

GRANT SELECT, INSERT, UPDATE ON comments TO ofs_app;
CREATE POLICY app_select ON comments FOR SELECT TO ofs_app
  USING (EXISTS (SELECT 1 FROM projects p WHERE p.id = project_id));
CREATE POLICY app_insert ON comments FOR INSERT TO ofs_app
  WITH CHECK (author_id = (SELECT app_user_id()) AND share_link_id IS NULL AND app_can_comment_project(project_id));
CREATE POLICY app_update ON comments FOR UPDATE TO ofs_app
  USING (app_can_comment_project(project_id)) WITH CHECK (app_can_comment_project(project_id));
