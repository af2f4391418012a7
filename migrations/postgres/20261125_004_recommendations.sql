-- Bill and plan in step: what was wanted beside what stands, shortfalls, arrangements, prices as quoted, terms, costs, undo

ALTER TABLE recommendation_items
  -- Pieces the need or a person asked for; quantity is what stands (or, without a plan, what is ordered).
  ADD COLUMN wanted INTEGER CHECK (wanted > 0),
  -- As they were when the item was quoted; today's are the product's.
  ADD COLUMN unit_list_price NUMERIC(10, 2),
  ADD COLUMN quoted_lead_time_days INTEGER,
  ADD COLUMN quoted_at TIMESTAMPTZ;

ALTER TABLE budget_scenarios
  ADD COLUMN shortfalls JSONB NOT NULL DEFAULT '[]'::jsonb,
  -- By room: arrangement, seats needed and placed, square feet a seat, checks.
  ADD COLUMN layout JSONB NOT NULL DEFAULT '{}'::jsonb,
  -- List and sell totals, contract, tier and discount in force.
  ADD COLUMN pricing JSONB NOT NULL DEFAULT '{}'::jsonb;

-- A project's own terms over its organization's; null is "as the organization".
CREATE TABLE project_terms (
  project_id UUID PRIMARY KEY REFERENCES projects(id) ON DELETE CASCADE,
  contract JSONB,
  rates JSONB,
  roi_inputs JSONB,
  updated_by UUID REFERENCES users(id) ON DELETE SET NULL,
  updated_at TIMESTAMPTZ NOT NULL DEFAULT NOW()
);

-- What one piece cost when the scenario was priced. Only those who may see cost can read it.
CREATE TABLE scenario_costs (
  scenario_id UUID NOT NULL REFERENCES budget_scenarios(id) ON DELETE CASCADE,
  product_id UUID NOT NULL REFERENCES products(id) ON DELETE CASCADE,
  project_id UUID NOT NULL REFERENCES projects(id) ON DELETE CASCADE,
  unit_cost NUMERIC(10, 2) NOT NULL CHECK (unit_cost >= 0),
  source VARCHAR(150) NOT NULL,
  PRIMARY KEY (scenario_id, product_id)
);
CREATE INDEX idx_scenario_costs_product ON scenario_costs(product_id);

-- What an organization pays: its buy discounts.
CREATE TABLE organization_buy_terms (
  organization_id UUID PRIMARY KEY REFERENCES organizations(id) ON DELETE CASCADE,
  terms JSONB NOT NULL DEFAULT '{}'::jsonb,
  updated_by UUID REFERENCES users(id) ON DELETE SET NULL,
  updated_at TIMESTAMPTZ NOT NULL DEFAULT NOW()
);

-- One row for each change by hand, with the rows as they were, so that it can be taken back.
CREATE TABLE recommendation_changes (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  recommendation_id UUID NOT NULL REFERENCES recommendations(id) ON DELETE CASCADE,
  project_id UUID NOT NULL REFERENCES projects(id) ON DELETE CASCADE,
  scenario_id UUID NOT NULL REFERENCES budget_scenarios(id) ON DELETE CASCADE,
  -- Null in the list: items of no room.
  space_ids TEXT[] NOT NULL DEFAULT '{}',
  label VARCHAR(300) NOT NULL,
  before JSONB NOT NULL,
  undone_at TIMESTAMPTZ,
  created_by UUID REFERENCES users(id) ON DELETE SET NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT NOW()
);
CREATE INDEX idx_recommendation_changes_scenario ON recommendation_changes(scenario_id, created_at DESC);

-- Dealers and the maker see what things cost, but no dealer sees another dealer's.
CREATE FUNCTION app_may_see_cost(project uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT app_is_admin() OR EXISTS (
    SELECT 1 FROM organization_members m
      JOIN organizations o ON o.id = m.organization_id
      JOIN projects p ON p.id = project
      LEFT JOIN organizations owner ON owner.id = p.organization_id
    WHERE m.user_id = app_user_id() AND m.role <> 'viewer' AND o.type IN ('dealer', 'ofs_internal')
      AND (o.type = 'ofs_internal' OR p.organization_id = o.id OR owner.type IS DISTINCT FROM 'dealer'))
$$;

-- Whoever prices a scenario has its costs written, without being able to read them.
CREATE FUNCTION app_save_costs(scenario uuid, costs jsonb) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE project uuid;
BEGIN
  SELECT s.project_id INTO project FROM budget_scenarios s WHERE s.id = scenario;
  IF project IS NULL OR NOT app_can_edit_project(project) THEN
    RAISE EXCEPTION 'this scenario may not be changed' USING ERRCODE = '42501';
  END IF;
  DELETE FROM scenario_costs WHERE scenario_id = scenario;
  INSERT INTO scenario_costs (scenario_id, product_id, project_id, unit_cost, source)
  SELECT scenario, c.product_id, project, c.unit_cost, c.source
  FROM jsonb_to_recordset(costs) AS c(product_id uuid, unit_cost numeric, source varchar);
END
$$;

-- Buy terms of the organization a project belongs to, for pricing only.
CREATE FUNCTION app_buy_terms(project uuid) RETURNS jsonb LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT b.terms FROM organization_buy_terms b JOIN projects p ON p.organization_id = b.organization_id
  WHERE p.id = project AND app_can_edit_project(project)
$$;

-- Planning settings of the organization a project belongs to: also collaborators from elsewhere work under them.
CREATE FUNCTION app_planning_settings(project uuid) RETURNS jsonb LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT o.settings -> 'planning' FROM organizations o JOIN projects p ON p.organization_id = o.id
  WHERE p.id = project AND app_project_role(project) IS NOT NULL
$$;

GRANT CREATE ON SCHEMA public TO ofs_system;
ALTER FUNCTION app_may_see_cost(uuid) OWNER TO ofs_system;
ALTER FUNCTION app_save_costs(uuid, jsonb) OWNER TO ofs_system;
ALTER FUNCTION app_buy_terms(uuid) OWNER TO ofs_system;
ALTER FUNCTION app_planning_settings(uuid) OWNER TO ofs_system;
REVOKE CREATE ON SCHEMA public FROM ofs_system;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['project_terms', 'scenario_costs', 'organization_buy_terms', 'recommendation_changes'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO ofs_system', t);
    EXECUTE format('CREATE POLICY system_all ON %I TO ofs_system USING (true) WITH CHECK (true)', t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['project_terms', 'recommendation_changes'] LOOP
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO ofs_app', t);
    EXECUTE format('CREATE POLICY app_select ON %I FOR SELECT TO ofs_app USING (EXISTS (SELECT 1 FROM projects p WHERE p.id = project_id))', t);
    EXECUTE format('CREATE POLICY app_insert ON %I FOR INSERT TO ofs_app WITH CHECK (app_can_edit_project(project_id))', t);
    EXECUTE format('CREATE POLICY app_update ON %I FOR UPDATE TO ofs_app USING (app_can_edit_project(project_id)) WITH CHECK (app_can_edit_project(project_id))', t);
    EXECUTE format('CREATE POLICY app_delete ON %I FOR DELETE TO ofs_app USING (app_can_edit_project(project_id))', t);
  END LOOP;
END
$$;

GRANT SELECT ON scenario_costs TO ofs_app;
CREATE POLICY app_select ON scenario_costs FOR SELECT TO ofs_app USING (app_may_see_cost(project_id));

GRANT SELECT, INSERT, UPDATE ON organization_buy_terms TO ofs_app;
CREATE POLICY app_select ON organization_buy_terms FOR SELECT TO ofs_app
  USING (organization_id = ANY (app_organization_ids('{owner,admin,member}')));
CREATE POLICY app_insert ON organization_buy_terms FOR INSERT TO ofs_app
  WITH CHECK (organization_id = ANY (app_organization_ids('{owner,admin}')));
CREATE POLICY app_update ON organization_buy_terms FOR UPDATE TO ofs_app
  USING (organization_id = ANY (app_organization_ids('{owner,admin}')))
  WITH CHECK (organization_id = ANY (app_organization_ids('{owner,admin}')));
