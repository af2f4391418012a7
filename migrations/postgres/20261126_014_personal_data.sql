-- A person's data: copies made on request, erasures with their receipts, and an audit log that can forget who somebody was

CREATE TABLE person_exports (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id UUID NOT NULL REFERENCES users(id) ON DELETE CASCADE,
  status VARCHAR(20) NOT NULL DEFAULT 'queued' CHECK (status IN ('queued', 'running', 'ready', 'failed', 'expired')),
  file_key TEXT,
  file_size_bytes BIGINT,
  sha256 VARCHAR(64),
  -- How many records of each kind are in the file.
  contents JSONB NOT NULL DEFAULT '{}'::jsonb,
  error TEXT,
  created_at TIMESTAMPTZ NOT NULL,
  finished_at TIMESTAMPTZ,
  expires_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX idx_person_exports_user ON person_exports(user_id, created_at DESC);
CREATE INDEX idx_person_exports_expiry ON person_exports(expires_at) WHERE status <> 'expired';

-- The receipt outlives the account; it names nobody.
CREATE TABLE person_erasures (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id UUID NOT NULL,
  requested_by UUID,
  reason VARCHAR(1000) NOT NULL,
  status VARCHAR(20) NOT NULL DEFAULT 'running' CHECK (status IN ('running', 'done', 'failed')),
  -- Files that go after the rows have gone; empty when they have.
  file_keys JSONB NOT NULL DEFAULT '[]'::jsonb,
  steps JSONB NOT NULL DEFAULT '[]'::jsonb,
  error TEXT,
  requested_at TIMESTAMPTZ NOT NULL,
  finished_at TIMESTAMPTZ,
  -- The day by which the last backup that still holds the person is deleted.
  backups_gone_by DATE
);
CREATE INDEX idx_person_erasures_requested ON person_erasures(requested_at DESC, id DESC);
CREATE UNIQUE INDEX idx_person_erasures_open ON person_erasures(user_id) WHERE status <> 'done';

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['person_exports', 'person_erasures'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO ofs_system', t);
    EXECUTE format('CREATE POLICY system_all ON %I TO ofs_system USING (true) WITH CHECK (true)', t);
  END LOOP;
END
$$;
GRANT SELECT ON person_exports TO ofs_app;
GRANT INSERT (id, user_id, created_at, expires_at) ON person_exports TO ofs_app;
CREATE POLICY app_select ON person_exports FOR SELECT TO ofs_app USING (user_id = (SELECT app_user_id()));
CREATE POLICY app_insert ON person_exports FOR INSERT TO ofs_app WITH CHECK (user_id = (SELECT app_user_id()));

-- Nobody changes the audit log but this function, and it only takes out an e-mail address and where a person came from.
CREATE POLICY scrub_select ON audit_log FOR SELECT TO CURRENT_USER USING (current_setting('app.scrubbing', true) = 'on');
CREATE POLICY scrub_update ON audit_log FOR UPDATE TO CURRENT_USER
  USING (current_setting('app.scrubbing', true) = 'on') WITH CHECK (current_setting('app.scrubbing', true) = 'on');
CREATE FUNCTION app_scrub_audit(person uuid, address text) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE changed integer;
BEGIN
  PERFORM set_config('app.scrubbing', 'on', true);
  UPDATE audit_log SET
    ip_address = CASE WHEN actor_id = person THEN NULL ELSE ip_address END,
    detail = replace(detail::text, lower(address), 'erased')::jsonb
  WHERE (actor_id = person AND ip_address IS NOT NULL) OR position(lower(address) IN detail::text) > 0;
  GET DIAGNOSTICS changed = ROW_COUNT;
  PERFORM set_config('app.scrubbing', 'off', true);
  RETURN changed;
END
$$;
REVOKE ALL ON FUNCTION app_scrub_audit(uuid, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app_scrub_audit(uuid, text) TO ofs_system;
