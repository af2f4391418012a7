-- Row security: the second wall between tenants. Ordinary requests run as ofs_app with app.user_id set in the
-- transaction; sign-in, workers and administration run as ofs_system. Without a context ofs_app sees no rows.

DO $$
DECLARE r text;
BEGIN
  FOREACH r IN ARRAY ARRAY['ofs_app', 'ofs_system'] LOOP
    BEGIN
      EXECUTE format('CREATE ROLE %I NOLOGIN', r);
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END;
    -- The login role may become either role, but has the rights of neither by itself.
    IF current_setting('server_version_num')::int >= 160000 THEN
      EXECUTE format('GRANT %I TO CURRENT_USER WITH INHERIT FALSE, SET TRUE', r);
    ELSE
      EXECUTE format('GRANT %I TO CURRENT_USER', r);
    END IF;
  END LOOP;
  IF current_setting('server_version_num')::int < 160000 AND NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
    EXECUTE 'ALTER ROLE CURRENT_USER NOINHERIT';
  END IF;
END
$$;

GRANT USAGE ON SCHEMA public TO ofs_app, ofs_system;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ofs_system;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO ofs_app, ofs_system;
GRANT SELECT ON products, product_variants, product_relationships TO ofs_app;

CREATE FUNCTION app_user_id() RETURNS uuid LANGUAGE sql STABLE AS $$
  SELECT nullif(current_setting('app.user_id', true), '')::uuid
$$;

CREATE FUNCTION app_is_admin() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT EXISTS (
    SELECT 1 FROM user_roles r JOIN users u ON u.id = r.user_id
    WHERE r.user_id = app_user_id() AND r.role = 'admin' AND r.resource_type IS NULL
      AND (r.expires_at IS NULL OR r.expires_at > now()) AND u.status = 'active' AND u.deleted_at IS NULL)
$$;

-- Organizations the user belongs to with one of the given roles, by membership or an unexpired grant.
CREATE FUNCTION app_organization_ids(roles text[]) RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT coalesce(array_agg(DISTINCT x.id), '{}') FROM (
    SELECT m.organization_id AS id FROM organization_members m
    WHERE m.user_id = app_user_id() AND m.role = ANY (roles)
    UNION ALL
    SELECT r.resource_id FROM user_roles r
    WHERE r.user_id = app_user_id() AND r.resource_type = 'organization' AND r.resource_id IS NOT NULL
      AND (r.expires_at IS NULL OR r.expires_at > now())
      AND CASE r.role WHEN 'admin' THEN 'admin' WHEN 'contributor' THEN 'member' ELSE 'viewer' END = ANY (roles)
  ) x
$$;

-- Projects shared with the user by name, with one of the given collaborator roles.
CREATE FUNCTION app_project_ids(roles text[]) RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT coalesce(array_agg(DISTINCT x.id), '{}') FROM (
    SELECT c.project_id AS id FROM project_collaborators c
    WHERE c.user_id = app_user_id() AND c.role = ANY (roles)
    UNION ALL
    SELECT r.resource_id FROM user_roles r
    WHERE r.user_id = app_user_id() AND r.resource_type = 'project' AND r.resource_id IS NOT NULL
      AND (r.expires_at IS NULL OR r.expires_at > now())
      AND CASE r.role WHEN 'admin' THEN 'owner' WHEN 'contributor' THEN 'editor' ELSE 'viewer' END = ANY (roles)
  ) x
$$;

-- The user's strongest role on a project: owner, editor, commenter, viewer, or null.
CREATE FUNCTION app_project_role(project uuid) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT CASE
    WHEN p.owner_id = app_user_id()
      OR p.organization_id = ANY (app_organization_ids('{owner,admin}'))
      OR p.id = ANY (app_project_ids('{owner}')) THEN 'owner'
    WHEN p.organization_id = ANY (app_organization_ids('{member}'))
      OR p.id = ANY (app_project_ids('{editor}')) THEN 'editor'
    WHEN p.id = ANY (app_project_ids('{commenter}')) THEN 'commenter'
    WHEN p.organization_id = ANY (app_organization_ids('{viewer}'))
      OR p.id = ANY (app_project_ids('{viewer}')) THEN 'viewer'
  END
  FROM projects p WHERE p.id = project AND app_user_id() IS NOT NULL
$$;

CREATE FUNCTION app_can_edit_project(project uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT coalesce(app_project_role(project) IN ('owner', 'editor'), false)
$$;

CREATE FUNCTION app_can_comment_project(project uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT coalesce(app_project_role(project) IN ('owner', 'editor', 'commenter'), false)
$$;

-- People the user works with: members of the same organizations, people on the same projects.
CREATE FUNCTION app_colleague_ids() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT coalesce(array_agg(DISTINCT x.id), '{}') FROM (
    SELECT m.user_id AS id FROM organization_members m
    WHERE m.organization_id = ANY (app_organization_ids('{owner,admin,member,viewer}'))
    UNION ALL
    SELECT c.user_id FROM project_collaborators c
    WHERE c.project_id = ANY (app_project_ids('{owner,editor,commenter,viewer}'))
       OR c.project_id IN (SELECT id FROM projects WHERE owner_id = app_user_id())
    UNION ALL
    SELECT p.owner_id FROM projects p WHERE p.id = ANY (app_project_ids('{owner,editor,commenter,viewer}'))
  ) x
$$;

-- The functions look past row security, so they belong to ofs_system, whose policies show it every row.
GRANT CREATE ON SCHEMA public TO ofs_system;
ALTER FUNCTION app_is_admin() OWNER TO ofs_system;
ALTER FUNCTION app_organization_ids(text[]) OWNER TO ofs_system;
ALTER FUNCTION app_project_ids(text[]) OWNER TO ofs_system;
ALTER FUNCTION app_project_role(uuid) OWNER TO ofs_system;
ALTER FUNCTION app_colleague_ids() OWNER TO ofs_system;
REVOKE CREATE ON SCHEMA public FROM ofs_system;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['users', 'user_roles', 'organizations', 'organization_members', 'projects',
    'project_collaborators', 'project_versions', 'floor_plans', 'spaces', 'recommendations', 'recommendation_items',
    'budget_scenarios', 'conversations', 'conversation_messages', 'ai_model_metrics', 'ml_training_data',
    'recommendation_feedback', 'sustainability_metrics', 'sessions', 'one_time_tokens', 'invitations', 'api_tokens',
    'audit_log', 'idempotency_keys', 'event_outbox']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY system_all ON %I TO ofs_system USING (true) WITH CHECK (true)', t);
  END LOOP;
END
$$;

-- Accounts: oneself and one's colleagues; only oneself may be changed, and never one's status or password here.
GRANT SELECT (id, email, email_verified_at, first_name, last_name, phone, company, title, user_type, preferences, status, last_login_at, created_at, updated_at, deleted_at) ON users TO ofs_app;
GRANT UPDATE (first_name, last_name, phone, company, title, user_type, preferences) ON users TO ofs_app;
CREATE POLICY app_select ON users FOR SELECT TO ofs_app
  USING (id = (SELECT app_user_id()) OR id = ANY ((SELECT app_colleague_ids())::uuid[]));
CREATE POLICY app_update ON users FOR UPDATE TO ofs_app
  USING (id = (SELECT app_user_id())) WITH CHECK (id = (SELECT app_user_id()));

GRANT SELECT ON user_roles TO ofs_app;
CREATE POLICY app_select ON user_roles FOR SELECT TO ofs_app USING (user_id = (SELECT app_user_id()));

GRANT SELECT (id, user_id, user_agent, ip_address, created_at, last_seen_at, expires_at, revoked_at) ON sessions TO ofs_app;
CREATE POLICY app_select ON sessions FOR SELECT TO ofs_app USING (user_id = (SELECT app_user_id()));

GRANT SELECT (id, user_id, name, scopes, created_at, expires_at, last_used_at, revoked_at) ON api_tokens TO ofs_app;
CREATE POLICY app_select ON api_tokens FOR SELECT TO ofs_app USING (user_id = (SELECT app_user_id()));

-- Organizations
GRANT SELECT, UPDATE ON organizations TO ofs_app;
CREATE POLICY app_select ON organizations FOR SELECT TO ofs_app
  USING (id = ANY ((SELECT app_organization_ids('{owner,admin,member,viewer}'))::uuid[]));
CREATE POLICY app_update ON organizations FOR UPDATE TO ofs_app
  USING (id = ANY ((SELECT app_organization_ids('{owner,admin}'))::uuid[]))
  WITH CHECK (id = ANY ((SELECT app_organization_ids('{owner,admin}'))::uuid[]));

GRANT SELECT, UPDATE, DELETE ON organization_members TO ofs_app;
CREATE POLICY app_select ON organization_members FOR SELECT TO ofs_app
  USING (organization_id = ANY ((SELECT app_organization_ids('{owner,admin,member,viewer}'))::uuid[]));
CREATE POLICY app_update ON organization_members FOR UPDATE TO ofs_app
  USING (organization_id = ANY ((SELECT app_organization_ids('{owner,admin}'))::uuid[]))
  WITH CHECK (organization_id = ANY ((SELECT app_organization_ids('{owner,admin}'))::uuid[]));
CREATE POLICY app_delete ON organization_members FOR DELETE TO ofs_app
  USING (organization_id = ANY ((SELECT app_organization_ids('{owner,admin}'))::uuid[]) OR user_id = (SELECT app_user_id()));

GRANT SELECT (id, organization_id, email, role, invited_by, created_at, expires_at, accepted_at, revoked_at) ON invitations TO ofs_app;
GRANT INSERT, UPDATE ON invitations TO ofs_app;
CREATE POLICY app_all ON invitations TO ofs_app
  USING (organization_id = ANY ((SELECT app_organization_ids('{owner,admin}'))::uuid[]))
  WITH CHECK (organization_id = ANY ((SELECT app_organization_ids('{owner,admin}'))::uuid[]));

-- Projects
GRANT SELECT, INSERT, UPDATE ON projects TO ofs_app;
CREATE POLICY app_select ON projects FOR SELECT TO ofs_app
  USING (owner_id = (SELECT app_user_id())
    OR organization_id = ANY ((SELECT app_organization_ids('{owner,admin,member,viewer}'))::uuid[])
    OR id = ANY ((SELECT app_project_ids('{owner,editor,commenter,viewer}'))::uuid[]));
CREATE POLICY app_insert ON projects FOR INSERT TO ofs_app
  WITH CHECK (owner_id = (SELECT app_user_id())
    AND (organization_id IS NULL OR organization_id = ANY ((SELECT app_organization_ids('{owner,admin,member}'))::uuid[])));
CREATE POLICY app_update ON projects FOR UPDATE TO ofs_app
  USING (owner_id = (SELECT app_user_id())
    OR organization_id = ANY ((SELECT app_organization_ids('{owner,admin,member}'))::uuid[])
    OR id = ANY ((SELECT app_project_ids('{owner,editor}'))::uuid[]))
  WITH CHECK (owner_id = (SELECT app_user_id())
    OR organization_id = ANY ((SELECT app_organization_ids('{owner,admin,member}'))::uuid[])
    OR id = ANY ((SELECT app_project_ids('{owner,editor}'))::uuid[]));

GRANT SELECT, INSERT, UPDATE, DELETE ON project_collaborators TO ofs_app;
CREATE POLICY app_select ON project_collaborators FOR SELECT TO ofs_app
  USING (user_id = (SELECT app_user_id()) OR EXISTS (SELECT 1 FROM projects p WHERE p.id = project_id));
CREATE POLICY app_insert ON project_collaborators FOR INSERT TO ofs_app WITH CHECK (app_project_role(project_id) = 'owner');
CREATE POLICY app_update ON project_collaborators FOR UPDATE TO ofs_app
  USING (app_project_role(project_id) = 'owner' OR user_id = (SELECT app_user_id()))
  WITH CHECK (app_project_role(project_id) = 'owner'
    OR (user_id = (SELECT app_user_id()) AND role = ANY (ARRAY['owner', 'editor', 'commenter', 'viewer']) AND project_id = ANY ((SELECT app_project_ids(ARRAY[role]))::uuid[])));
CREATE POLICY app_delete ON project_collaborators FOR DELETE TO ofs_app
  USING (app_project_role(project_id) = 'owner' OR user_id = (SELECT app_user_id()));

-- What belongs to a project: read by all who see it, written by its editors.
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['project_versions', 'floor_plans', 'spaces', 'recommendations', 'recommendation_items',
    'budget_scenarios', 'sustainability_metrics']
  LOOP
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO ofs_app', t);
    EXECUTE format('CREATE POLICY app_select ON %I FOR SELECT TO ofs_app USING (EXISTS (SELECT 1 FROM projects p WHERE p.id = project_id))', t);
    EXECUTE format('CREATE POLICY app_insert ON %I FOR INSERT TO ofs_app WITH CHECK (app_can_edit_project(project_id))', t);
    EXECUTE format('CREATE POLICY app_update ON %I FOR UPDATE TO ofs_app USING (app_can_edit_project(project_id)) WITH CHECK (app_can_edit_project(project_id))', t);
    EXECUTE format('CREATE POLICY app_delete ON %I FOR DELETE TO ofs_app USING (app_can_edit_project(project_id))', t);
  END LOOP;
END
$$;

-- Conversations: commenters may talk too.
GRANT SELECT, INSERT, UPDATE ON conversations TO ofs_app;
CREATE POLICY app_select ON conversations FOR SELECT TO ofs_app USING (EXISTS (SELECT 1 FROM projects p WHERE p.id = project_id));
CREATE POLICY app_insert ON conversations FOR INSERT TO ofs_app
  WITH CHECK (user_id = (SELECT app_user_id()) AND app_can_comment_project(project_id));
CREATE POLICY app_update ON conversations FOR UPDATE TO ofs_app
  USING (app_can_comment_project(project_id)) WITH CHECK (app_can_comment_project(project_id));
GRANT SELECT, INSERT ON conversation_messages TO ofs_app;
CREATE POLICY app_select ON conversation_messages FOR SELECT TO ofs_app
  USING (EXISTS (SELECT 1 FROM conversations c WHERE c.id = conversation_id));
CREATE POLICY app_insert ON conversation_messages FOR INSERT TO ofs_app
  WITH CHECK (EXISTS (SELECT 1 FROM conversations c WHERE c.id = conversation_id AND app_can_comment_project(c.project_id)));

GRANT SELECT, INSERT ON recommendation_feedback TO ofs_app;
CREATE POLICY app_select ON recommendation_feedback FOR SELECT TO ofs_app
  USING (EXISTS (SELECT 1 FROM recommendations r WHERE r.id = recommendation_id));
CREATE POLICY app_insert ON recommendation_feedback FOR INSERT TO ofs_app
  WITH CHECK (user_id = (SELECT app_user_id())
    AND EXISTS (SELECT 1 FROM recommendations r WHERE r.id = recommendation_id AND app_can_comment_project(r.project_id)));

GRANT SELECT, INSERT ON ai_model_metrics TO ofs_app;
CREATE POLICY app_select ON ai_model_metrics FOR SELECT TO ofs_app
  USING (EXISTS (SELECT 1 FROM projects p WHERE p.id = project_id));
CREATE POLICY app_insert ON ai_model_metrics FOR INSERT TO ofs_app
  WITH CHECK (user_id = (SELECT app_user_id()) AND (project_id IS NULL OR app_can_comment_project(project_id)));

-- The audit log is written by everyone, read by oneself and by the organization's administrators, changed by no one.
GRANT SELECT, INSERT ON audit_log TO ofs_app;
CREATE POLICY app_select ON audit_log FOR SELECT TO ofs_app
  USING (actor_id = (SELECT app_user_id()) OR organization_id = ANY ((SELECT app_organization_ids('{owner,admin}'))::uuid[]));
CREATE POLICY app_insert ON audit_log FOR INSERT TO ofs_app WITH CHECK (actor_id = (SELECT app_user_id()));
REVOKE UPDATE ON audit_log FROM ofs_system;

GRANT SELECT, INSERT, UPDATE, DELETE ON idempotency_keys TO ofs_app;
CREATE POLICY app_all ON idempotency_keys TO ofs_app
  USING (user_id = (SELECT app_user_id())) WITH CHECK (user_id = (SELECT app_user_id()));

GRANT INSERT ON event_outbox TO ofs_app;
CREATE POLICY app_insert ON event_outbox FOR INSERT TO ofs_app WITH CHECK ((SELECT app_user_id()) IS NOT NULL);

ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ofs_system;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO ofs_app, ofs_system;
