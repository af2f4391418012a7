-- The plan of an organization, also for guests who add to one of its projects

CREATE FUNCTION app_organization_tier(organization uuid) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT coalesce(o.subscription_tier, 'free') FROM organizations o WHERE o.id = organization
$$;
GRANT CREATE ON SCHEMA public TO ofs_system;
ALTER FUNCTION app_organization_tier(uuid) OWNER TO ofs_system;
REVOKE CREATE ON SCHEMA public FROM ofs_system;
