-- How an organization's files look: logo, colours, a line at the foot of every page, paper.

CREATE TABLE organization_branding (
  organization_id UUID PRIMARY KEY REFERENCES organizations(id) ON DELETE CASCADE,
  -- A PNG or JPEG in base64; pictures of other kinds are turned into one before they are stored.
  logo_base64 TEXT CHECK (length(logo_base64) <= 700000),
  logo_type VARCHAR(20) CHECK (logo_type IN ('image/png', 'image/jpeg')),
  primary_color VARCHAR(7) CHECK (primary_color ~ '^#[0-9a-f]{6}$'),
  accent_color VARCHAR(7) CHECK (accent_color ~ '^#[0-9a-f]{6}$'),
  footer_line VARCHAR(200),
  paper VARCHAR(10) CHECK (paper IN ('A4', 'Letter')),
  updated_by UUID REFERENCES users(id) ON DELETE SET NULL,
  updated_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
  CHECK ((logo_base64 IS NULL) = (logo_type IS NULL))
);

ALTER TABLE organization_branding ENABLE ROW LEVEL SECURITY;
ALTER TABLE organization_branding FORCE ROW LEVEL SECURITY;
CREATE POLICY system_all ON organization_branding TO ofs_system USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON organization_branding TO ofs_system;
GRANT SELECT, INSERT, UPDATE ON organization_branding TO ofs_app;
CREATE POLICY app_select ON organization_branding FOR SELECT TO ofs_app
  USING (organization_id = ANY (app_organization_ids('{owner,admin,member,viewer}')));
CREATE POLICY app_insert ON organization_branding FOR INSERT TO ofs_app
  WITH CHECK (organization_id = ANY (app_organization_ids('{owner,admin}')));
CREATE POLICY app_update ON organization_branding FOR UPDATE TO ofs_app
  USING (organization_id = ANY (app_organization_ids('{owner,admin}')))
  WITH CHECK (organization_id = ANY (app_organization_ids('{owner,admin}')));

-- As it was kept before, in the organization's settings.
INSERT INTO organization_branding (organization_id, primary_color, accent_color)
SELECT id, lower(settings -> 'branding' ->> 'primary_color'), lower(settings -> 'branding' ->> 'accent_color')
FROM organizations
WHERE settings -> 'branding' ->> 'primary_color' ~* '^#[0-9a-f]{6}$' OR settings -> 'branding' ->> 'accent_color' ~* '^#[0-9a-f]{6}$';
