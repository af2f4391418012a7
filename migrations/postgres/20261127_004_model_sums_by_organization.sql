-- Weekly sums of calls of models by organization, so that what its models cost is known after the calls are gone. No
-- reference: the sums outlive an organization that is deleted, and its number then names nobody. Sums of before, and of
-- calls for projects of no organization, have none.
ALTER TABLE ai_model_metrics_weekly ADD COLUMN organization_id UUID;
ALTER TABLE ai_model_metrics_weekly DROP CONSTRAINT ai_model_metrics_weekly_pkey;
ALTER TABLE ai_model_metrics_weekly ADD CONSTRAINT ai_model_metrics_weekly_once
  UNIQUE NULLS NOT DISTINCT (organization_id, week, model_name, model_version, task_type);

GRANT SELECT ON ai_model_metrics_weekly TO ofs_app;
CREATE POLICY app_select ON ai_model_metrics_weekly FOR SELECT TO ofs_app
  USING (organization_id = ANY ((SELECT app_organization_ids('{owner,admin,member,viewer}'))::uuid[]));
