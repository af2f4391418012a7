-- Who is told what products cost. What an organization calls itself (type) opens nothing: the maker confirms its dealers,
-- and only the maker's administrators make an organization the maker's own. The application's role may write neither.
ALTER TABLE organizations ADD COLUMN dealer_confirmed_at TIMESTAMPTZ;

-- The transaction's person works, as more than a viewer, for a confirmed dealer or for the maker.
CREATE FUNCTION app_sees_dealer_prices() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT EXISTS (
    SELECT 1 FROM organization_members m JOIN organizations o ON o.id = m.organization_id
    WHERE m.user_id = app_user_id() AND m.role <> 'viewer'
      AND (o.type = 'ofs_internal' OR (o.type = 'dealer' AND o.dealer_confirmed_at IS NOT NULL)))
$$;

GRANT CREATE ON SCHEMA public TO ofs_system;
ALTER FUNCTION app_sees_dealer_prices() OWNER TO ofs_system;
-- As before, but a dealer is one the maker has confirmed. A project of an organization that calls itself a dealer, confirmed
-- or not, hides its costs from every other dealer.
SET LOCAL ROLE ofs_system;
CREATE OR REPLACE FUNCTION app_may_see_cost(project uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT app_is_admin() OR EXISTS (
    SELECT 1 FROM organization_members m
      JOIN organizations o ON o.id = m.organization_id
      JOIN projects p ON p.id = project
      LEFT JOIN organizations owner ON owner.id = p.organization_id
    WHERE m.user_id = app_user_id() AND m.role <> 'viewer'
      AND (o.type = 'ofs_internal'
        OR (o.type = 'dealer' AND o.dealer_confirmed_at IS NOT NULL AND app_can_edit_project(project)
          AND (p.organization_id = o.id OR owner.type IS DISTINCT FROM 'dealer'))))
$$;
-- What the application's role may write of an organization is its name and how it is reached; "type" stays among them, but
-- an organization of the maker neither is made nor unmade by it.
CREATE FUNCTION app_guard_organization_type() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$
BEGIN
  IF current_user = 'ofs_app' AND NEW.type IS DISTINCT FROM OLD.type
    AND 'ofs_internal' IN (coalesce(NEW.type, ''), coalesce(OLD.type, '')) THEN
    RAISE EXCEPTION 'only an administrator of the platform makes or unmakes an organization of the maker' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END
$$;
RESET ROLE;
REVOKE CREATE ON SCHEMA public FROM ofs_system;

CREATE TRIGGER organization_type_is_guarded BEFORE UPDATE OF type ON organizations
  FOR EACH ROW EXECUTE FUNCTION app_guard_organization_type();
