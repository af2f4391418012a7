-- Changes of address, known devices, rotated sessions, closed accounts; teams and grants with expiry; usage against the plan

ALTER TABLE one_time_tokens DROP CONSTRAINT one_time_tokens_purpose_check;
ALTER TABLE one_time_tokens ADD CONSTRAINT one_time_tokens_purpose_check
  CHECK (purpose IN ('verify_email', 'reset_password', 'change_email', 'restore_email'));
-- The address a change leads to, or back to.
ALTER TABLE one_time_tokens ADD COLUMN email VARCHAR(255);

-- A session gets a new token when what its person may do changes; the one before works for a minute, for requests on their way.
ALTER TABLE sessions ADD COLUMN must_rotate BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE sessions ADD COLUMN previous_token_hash VARCHAR(64);
ALTER TABLE sessions ADD COLUMN previous_until TIMESTAMPTZ;
CREATE INDEX idx_sessions_previous ON sessions(previous_token_hash) WHERE previous_token_hash IS NOT NULL;

-- Browsers an account was signed in from: a stranger's wrong tries do not lock these out.
CREATE TABLE known_devices (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id UUID NOT NULL REFERENCES users(id) ON DELETE CASCADE,
  token_hash VARCHAR(64) NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
  last_used_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
  UNIQUE (user_id, token_hash)
);

-- Accounts their owner closed: due_at is when a deleted one is erased, null for one that is only deactivated.
CREATE TABLE account_closures (
  user_id UUID PRIMARY KEY REFERENCES users(id) ON DELETE CASCADE,
  requested_at TIMESTAMPTZ NOT NULL,
  due_at TIMESTAMPTZ
);
CREATE INDEX idx_account_closures_due ON account_closures(due_at) WHERE due_at IS NOT NULL;

-- A team is a set of an organization's projects; who is in it is in user_roles (resource_type 'team').
CREATE TABLE teams (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  organization_id UUID NOT NULL REFERENCES organizations(id) ON DELETE CASCADE,
  name VARCHAR(100) NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
  UNIQUE (organization_id, name)
);
CREATE TABLE team_projects (
  team_id UUID NOT NULL REFERENCES teams(id) ON DELETE CASCADE,
  project_id UUID NOT NULL REFERENCES projects(id) ON DELETE CASCADE,
  PRIMARY KEY (team_id, project_id)
);
CREATE INDEX idx_team_projects_project ON team_projects(project_id);

CREATE INDEX idx_audit_log_created ON audit_log(created_at DESC, id DESC);

-- Only its owner may replace a function.
GRANT CREATE ON SCHEMA public TO ofs_system;
SET LOCAL ROLE ofs_system;
-- A project of a team counts while it belongs to the team's organization.
CREATE OR REPLACE FUNCTION app_project_ids(roles text[]) RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT coalesce(array_agg(DISTINCT x.id), '{}') FROM (
    SELECT c.project_id AS id FROM project_collaborators c
    WHERE c.user_id = app_user_id() AND c.role = ANY (roles)
    UNION ALL
    SELECT r.resource_id FROM user_roles r
    WHERE r.user_id = app_user_id() AND r.resource_type = 'project' AND r.resource_id IS NOT NULL
      AND (r.expires_at IS NULL OR r.expires_at > now())
      AND CASE r.role WHEN 'admin' THEN 'owner' WHEN 'contributor' THEN 'editor' ELSE 'viewer' END = ANY (roles)
    UNION ALL
    SELECT p.id FROM user_roles r
      JOIN teams t ON t.id = r.resource_id
      JOIN team_projects tp ON tp.team_id = t.id
      JOIN projects p ON p.id = tp.project_id AND p.organization_id = t.organization_id
    WHERE r.user_id = app_user_id() AND r.resource_type = 'team'
      AND (r.expires_at IS NULL OR r.expires_at > now())
      AND CASE r.role WHEN 'admin' THEN 'owner' WHEN 'contributor' THEN 'editor' ELSE 'viewer' END = ANY (roles)
  ) x
$$;
RESET ROLE;
REVOKE CREATE ON SCHEMA public FROM ofs_system;

-- The user's strongest role in an organization: owner, admin, member, viewer, or null.
CREATE FUNCTION app_organization_role(organization uuid) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT x.role FROM (
    SELECT m.role::text FROM organization_members m
    WHERE m.user_id = app_user_id() AND m.organization_id = organization
    UNION ALL
    SELECT CASE r.role WHEN 'admin' THEN 'admin' WHEN 'contributor' THEN 'member' ELSE 'viewer' END FROM user_roles r
    WHERE r.user_id = app_user_id() AND r.resource_type = 'organization' AND r.resource_id = organization
      AND (r.expires_at IS NULL OR r.expires_at > now())
  ) x
  ORDER BY array_position(ARRAY['owner', 'admin', 'member', 'viewer'], x.role) LIMIT 1
$$;

-- The organization a scope lies in: itself, its project's, its team's.
CREATE FUNCTION app_organization_of(kind text, resource uuid) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT CASE kind
    WHEN 'organization' THEN resource
    WHEN 'project' THEN (SELECT p.organization_id FROM projects p WHERE p.id = resource)
    WHEN 'team' THEN (SELECT t.organization_id FROM teams t WHERE t.id = resource)
  END
$$;

-- What an organization uses of its plan. Numbers only, so it may count rows the caller does not see.
CREATE FUNCTION app_organization_usage(organization uuid)
RETURNS TABLE (projects bigint, members bigint, invitations bigint, storage_bytes bigint, ai_usd_month numeric)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT
    (SELECT count(*) FROM projects p WHERE p.organization_id = organization AND p.deleted_at IS NULL AND p.status <> 'archived'),
    (SELECT count(*) FROM organization_members m WHERE m.organization_id = organization),
    (SELECT count(*) FROM invitations i WHERE i.organization_id = organization AND i.accepted_at IS NULL
       AND i.revoked_at IS NULL AND i.expires_at > now()),
    (SELECT coalesce(sum(f.file_size_bytes), 0) FROM floor_plans f JOIN projects p ON p.id = f.project_id
       WHERE p.organization_id = organization AND f.deleted_at IS NULL)::bigint
    + (SELECT coalesce(sum(e.file_size_bytes), 0) FROM exports e JOIN projects p ON p.id = e.project_id
       WHERE p.organization_id = organization AND e.status = 'ready')::bigint,
    (SELECT coalesce(sum(a.cost_usd), 0) FROM ai_model_metrics a JOIN projects p ON p.id = a.project_id
       WHERE p.organization_id = organization AND a.timestamp >= date_trunc('month', now()))
$$;

-- Costs are for people who work on the project and belong to a dealer or the maker; a dealer looking at a client's
-- project as a guest does not see them, nor anyone who merely founded an organization of dealers.
GRANT CREATE ON SCHEMA public TO ofs_system;
SET LOCAL ROLE ofs_system;
CREATE OR REPLACE FUNCTION app_may_see_cost(project uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT app_is_admin() OR EXISTS (
    SELECT 1 FROM organization_members m
      JOIN organizations o ON o.id = m.organization_id
      JOIN projects p ON p.id = project
      LEFT JOIN organizations owner ON owner.id = p.organization_id
    WHERE m.user_id = app_user_id() AND m.role <> 'viewer' AND o.type IN ('dealer', 'ofs_internal')
      AND (o.type = 'ofs_internal'
        OR (app_can_edit_project(project) AND (p.organization_id = o.id OR owner.type IS DISTINCT FROM 'dealer'))))
$$;
RESET ROLE;
REVOKE CREATE ON SCHEMA public FROM ofs_system;

GRANT CREATE ON SCHEMA public TO ofs_system;
ALTER FUNCTION app_organization_role(uuid) OWNER TO ofs_system;
ALTER FUNCTION app_organization_of(text, uuid) OWNER TO ofs_system;
ALTER FUNCTION app_organization_usage(uuid) OWNER TO ofs_system;
REVOKE CREATE ON SCHEMA public FROM ofs_system;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['known_devices', 'account_closures', 'teams', 'team_projects'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO ofs_system', t);
    EXECUTE format('CREATE POLICY system_all ON %I TO ofs_system USING (true) WITH CHECK (true)', t);
  END LOOP;
END
$$;

GRANT SELECT (id, user_id, created_at, last_used_at) ON known_devices TO ofs_app;
CREATE POLICY app_select ON known_devices FOR SELECT TO ofs_app USING (user_id = (SELECT app_user_id()));
GRANT SELECT ON account_closures TO ofs_app;
CREATE POLICY app_select ON account_closures FOR SELECT TO ofs_app USING (user_id = (SELECT app_user_id()));

GRANT SELECT, INSERT, UPDATE, DELETE ON teams TO ofs_app;
CREATE POLICY app_select ON teams FOR SELECT TO ofs_app
  USING (organization_id = ANY ((SELECT app_organization_ids('{owner,admin,member,viewer}'))::uuid[]));
CREATE POLICY app_insert ON teams FOR INSERT TO ofs_app
  WITH CHECK (organization_id = ANY ((SELECT app_organization_ids('{owner,admin}'))::uuid[]));
CREATE POLICY app_update ON teams FOR UPDATE TO ofs_app
  USING (organization_id = ANY ((SELECT app_organization_ids('{owner,admin}'))::uuid[]))
  WITH CHECK (organization_id = ANY ((SELECT app_organization_ids('{owner,admin}'))::uuid[]));
CREATE POLICY app_delete ON teams FOR DELETE TO ofs_app
  USING (organization_id = ANY ((SELECT app_organization_ids('{owner,admin}'))::uuid[]));

GRANT SELECT, INSERT, DELETE ON team_projects TO ofs_app;
CREATE POLICY app_select ON team_projects FOR SELECT TO ofs_app
  USING (EXISTS (SELECT 1 FROM teams t WHERE t.id = team_id));
CREATE POLICY app_insert ON team_projects FOR INSERT TO ofs_app
  WITH CHECK (EXISTS (SELECT 1 FROM teams t JOIN projects p ON p.organization_id = t.organization_id
    WHERE t.id = team_id AND p.id = project_id
      AND t.organization_id = ANY ((SELECT app_organization_ids('{owner,admin}'))::uuid[])));
CREATE POLICY app_delete ON team_projects FOR DELETE TO ofs_app
  USING (EXISTS (SELECT 1 FROM teams t WHERE t.id = team_id
    AND t.organization_id = ANY ((SELECT app_organization_ids('{owner,admin}'))::uuid[])));

-- Grants inside an organization are its administrators' business; platform administrators are made elsewhere.
GRANT INSERT, DELETE ON user_roles TO ofs_app;
CREATE POLICY app_managed ON user_roles FOR SELECT TO ofs_app
  USING (resource_type IS NOT NULL
    AND app_organization_of(resource_type, resource_id) = ANY ((SELECT app_organization_ids('{owner,admin}'))::uuid[]));
CREATE POLICY app_insert ON user_roles FOR INSERT TO ofs_app
  WITH CHECK (resource_type IS NOT NULL AND granted_by = (SELECT app_user_id())
    AND app_organization_of(resource_type, resource_id) = ANY ((SELECT app_organization_ids('{owner,admin}'))::uuid[]));
CREATE POLICY app_delete ON user_roles FOR DELETE TO ofs_app
  USING (resource_type IS NOT NULL
    AND app_organization_of(resource_type, resource_id) = ANY ((SELECT app_organization_ids('{owner,admin}'))::uuid[]));

-- An organization is renamed and described by its administrators; what it pays for and what it is, by the platform.
REVOKE UPDATE ON organizations FROM ofs_app;
GRANT UPDATE (name, type, billing_email, website, phone, address, settings) ON organizations TO ofs_app;
