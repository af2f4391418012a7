-- The functions that row security asks in every query keep their plans for the session: as SQL functions they were planned
-- anew in each statement, which cost more than running them. What they answer is unchanged.

GRANT CREATE ON SCHEMA public TO ofs_system;
SET LOCAL ROLE ofs_system;

CREATE OR REPLACE FUNCTION app_organization_ids(roles text[]) RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
BEGIN
  RETURN (SELECT coalesce(array_agg(DISTINCT x.id), '{}') FROM (
    SELECT m.organization_id AS id FROM organization_members m
    WHERE m.user_id = app_user_id() AND m.role = ANY (roles)
    UNION ALL
    SELECT r.resource_id FROM user_roles r
    WHERE r.user_id = app_user_id() AND r.resource_type = 'organization' AND r.resource_id IS NOT NULL
      AND (r.expires_at IS NULL OR r.expires_at > now())
      AND CASE r.role WHEN 'admin' THEN 'admin' WHEN 'contributor' THEN 'member' ELSE 'viewer' END = ANY (roles)
  ) x);
END
$$;

CREATE OR REPLACE FUNCTION app_project_ids(roles text[]) RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
BEGIN
  RETURN (SELECT coalesce(array_agg(DISTINCT x.id), '{}') FROM (
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
  ) x);
END
$$;

CREATE OR REPLACE FUNCTION app_project_role(project uuid) RETURNS text LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
BEGIN
  RETURN (SELECT CASE
      WHEN p.owner_id = app_user_id()
        OR p.organization_id = ANY (app_organization_ids('{owner,admin}'))
        OR p.id = ANY (app_project_ids('{owner}')) THEN 'owner'
      WHEN p.organization_id = ANY (app_organization_ids('{member}'))
        OR p.id = ANY (app_project_ids('{editor}')) THEN 'editor'
      WHEN p.id = ANY (app_project_ids('{commenter}')) THEN 'commenter'
      WHEN p.organization_id = ANY (app_organization_ids('{viewer}'))
        OR p.id = ANY (app_project_ids('{viewer}')) THEN 'viewer'
    END
    FROM projects p WHERE p.id = project AND app_user_id() IS NOT NULL);
END
$$;

RESET ROLE;
REVOKE CREATE ON SCHEMA public FROM ofs_system;
