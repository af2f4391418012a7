-- Webhooks of an organization: where what happened is told to, every telling with its attempts.

CREATE TABLE webhook_endpoints (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  organization_id UUID NOT NULL REFERENCES organizations(id) ON DELETE CASCADE,
  url VARCHAR(500) NOT NULL,
  description VARCHAR(200) NOT NULL DEFAULT '',
  -- Empty: every type.
  types TEXT[] NOT NULL DEFAULT '{}',
  secret VARCHAR(100) NOT NULL,
  -- After a rotation both sign for a day.
  previous_secret VARCHAR(100),
  previous_until TIMESTAMPTZ,
  status VARCHAR(20) NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'disabled')),
  disabled_reason VARCHAR(300),
  disabled_at TIMESTAMPTZ,
  last_success_at TIMESTAMPTZ,
  -- One job at a time tells an endpoint, in order; a lost job's hold ends here.
  busy_until TIMESTAMPTZ,
  created_by UUID REFERENCES users(id) ON DELETE SET NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT NOW()
);
CREATE INDEX idx_webhook_endpoints_organization ON webhook_endpoints(organization_id, created_at);

CREATE TABLE webhook_deliveries (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  -- In the order of sending.
  sequence BIGSERIAL UNIQUE,
  endpoint_id UUID NOT NULL REFERENCES webhook_endpoints(id) ON DELETE CASCADE,
  organization_id UUID NOT NULL REFERENCES organizations(id) ON DELETE CASCADE,
  -- The id that the receiver sees: the happening's, or a test's own.
  event_id UUID NOT NULL,
  type VARCHAR(60) NOT NULL,
  -- The body to the byte, as it is signed.
  body TEXT NOT NULL,
  status VARCHAR(20) NOT NULL DEFAULT 'waiting' CHECK (status IN ('waiting', 'delivered', 'failed')),
  attempts INTEGER NOT NULL DEFAULT 0,
  next_attempt_at TIMESTAMPTZ,
  last_status INTEGER,
  last_error VARCHAR(500),
  is_replay BOOLEAN NOT NULL DEFAULT FALSE,
  created_at TIMESTAMPTZ NOT NULL,
  finished_at TIMESTAMPTZ
);
-- What happened is told to an endpoint once, unless a person asks for it again.
CREATE UNIQUE INDEX idx_webhook_deliveries_once ON webhook_deliveries(endpoint_id, event_id) WHERE NOT is_replay;
CREATE INDEX idx_webhook_deliveries_due ON webhook_deliveries(next_attempt_at) WHERE status = 'waiting';
CREATE INDEX idx_webhook_deliveries_endpoint ON webhook_deliveries(endpoint_id, created_at DESC, id DESC);
CREATE INDEX idx_webhook_deliveries_organization ON webhook_deliveries(organization_id);

CREATE TABLE webhook_attempts (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  delivery_id UUID NOT NULL REFERENCES webhook_deliveries(id) ON DELETE CASCADE,
  organization_id UUID NOT NULL REFERENCES organizations(id) ON DELETE CASCADE,
  attempted_at TIMESTAMPTZ NOT NULL,
  took_ms INTEGER NOT NULL,
  status INTEGER,
  error VARCHAR(500),
  response_excerpt VARCHAR(1000)
);
CREATE INDEX idx_webhook_attempts_delivery ON webhook_attempts(delivery_id, attempted_at);
CREATE INDEX idx_webhook_attempts_organization ON webhook_attempts(organization_id);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['webhook_endpoints', 'webhook_deliveries', 'webhook_attempts'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY system_all ON %I TO ofs_system USING (true) WITH CHECK (true)', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO ofs_system', t);
    EXECUTE format('CREATE POLICY app_select ON %I FOR SELECT TO ofs_app USING (organization_id = ANY (app_organization_ids(''{owner,admin}'')))', t);
  END LOOP;
END
$$;

-- Secrets are written by those who manage the organization and read by nobody but the job that signs.
GRANT SELECT (id, organization_id, url, description, types, status, disabled_reason, disabled_at, last_success_at, previous_until,
  created_by, created_at, updated_at) ON webhook_endpoints TO ofs_app;
GRANT INSERT (id, organization_id, url, description, types, secret, created_by, created_at, updated_at) ON webhook_endpoints TO ofs_app;
GRANT UPDATE (url, description, types, status, disabled_reason, disabled_at, updated_at) ON webhook_endpoints TO ofs_app;
GRANT DELETE ON webhook_endpoints TO ofs_app;
CREATE POLICY app_insert ON webhook_endpoints FOR INSERT TO ofs_app
  WITH CHECK (organization_id = ANY (app_organization_ids('{owner,admin}')));
CREATE POLICY app_update ON webhook_endpoints FOR UPDATE TO ofs_app
  USING (organization_id = ANY (app_organization_ids('{owner,admin}')))
  WITH CHECK (organization_id = ANY (app_organization_ids('{owner,admin}')));
CREATE POLICY app_delete ON webhook_endpoints FOR DELETE TO ofs_app
  USING (organization_id = ANY (app_organization_ids('{owner,admin}')));
GRANT SELECT ON webhook_deliveries, webhook_attempts TO ofs_app;
GRANT USAGE ON SEQUENCE webhook_deliveries_sequence_seq TO ofs_system;
