-- What a user sees through organizations and by name, each with the strongest role it gives, found once for a whole list
-- instead of once a row. Ranks: 1 owner, 2 editor, 3 commenter, 4 viewer. The same rules as app_project_role.

CREATE FUNCTION app_seen_organizations() RETURNS TABLE (id uuid, rank integer) LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 5 SET search_path = public AS $$
BEGIN
  RETURN QUERY SELECT x.id, min(x.rank) FROM (
    SELECT m.organization_id AS id, CASE m.role WHEN 'owner' THEN 1 WHEN 'admin' THEN 1 WHEN 'member' THEN 2 ELSE 4 END AS rank
    FROM organization_members m WHERE m.user_id = app_user_id()
    UNION ALL
    SELECT r.resource_id, CASE r.role WHEN 'admin' THEN 1 WHEN 'contributor' THEN 2 ELSE 4 END FROM user_roles r
    WHERE r.user_id = app_user_id() AND r.resource_type = 'organization' AND r.resource_id IS NOT NULL
      AND (r.expires_at IS NULL OR r.expires_at > now())
  ) x GROUP BY x.id;
END
$$;

CREATE FUNCTION app_seen_projects() RETURNS TABLE (id uuid, rank integer) LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 20 SET search_path = public AS $$
BEGIN
  RETURN QUERY SELECT x.id, min(x.rank) FROM (
    SELECT c.project_id AS id, CASE c.role WHEN 'owner' THEN 1 WHEN 'editor' THEN 2 WHEN 'commenter' THEN 3 ELSE 4 END AS rank
    FROM project_collaborators c WHERE c.user_id = app_user_id()
    UNION ALL
    SELECT r.resource_id, CASE r.role WHEN 'admin' THEN 1 WHEN 'contributor' THEN 2 ELSE 4 END FROM user_roles r
    WHERE r.user_id = app_user_id() AND r.resource_type = 'project' AND r.resource_id IS NOT NULL
      AND (r.expires_at IS NULL OR r.expires_at > now())
    UNION ALL
    -- A project of a team counts while it belongs to the team's organization.
    SELECT p.id, CASE r.role WHEN 'admin' THEN 1 WHEN 'contributor' THEN 2 ELSE 4 END FROM user_roles r
      JOIN teams t ON t.id = r.resource_id
      JOIN team_projects tp ON tp.team_id = t.id
      JOIN projects p ON p.id = tp.project_id AND p.organization_id = t.organization_id
    WHERE r.user_id = app_user_id() AND r.resource_type = 'team'
      AND (r.expires_at IS NULL OR r.expires_at > now())
  ) x GROUP BY x.id;
END
$$;

GRANT CREATE ON SCHEMA public TO ofs_system;
ALTER FUNCTION app_seen_organizations() OWNER TO ofs_system;
ALTER FUNCTION app_seen_projects() OWNER TO ofs_system;
REVOKE CREATE ON SCHEMA public FROM ofs_system;
