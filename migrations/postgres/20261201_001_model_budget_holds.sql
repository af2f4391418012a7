-- What messages under way may use of a month's budget for language models: set aside before a model is asked, taken away
-- when its calls are written down. One that is left by a process that died counts until its time is over.
CREATE TABLE model_budget_holds (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  project_id UUID NOT NULL REFERENCES projects(id) ON DELETE CASCADE,
  tokens INTEGER NOT NULL CHECK (tokens >= 0),
  cost_usd NUMERIC(10, 4) NOT NULL CHECK (cost_usd >= 0),
  expires_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX idx_model_budget_holds_project ON model_budget_holds(project_id);

ALTER TABLE model_budget_holds ENABLE ROW LEVEL SECURITY;
ALTER TABLE model_budget_holds FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE, DELETE ON model_budget_holds TO ofs_system;
CREATE POLICY system_all ON model_budget_holds TO ofs_system USING (true) WITH CHECK (true);

-- Which recommendation a call of a model was for, so that its rating and decision reach the call.
ALTER TABLE ai_model_metrics ADD COLUMN recommendation_id UUID REFERENCES recommendations(id) ON DELETE SET NULL;
CREATE INDEX idx_ai_metrics_recommendation ON ai_model_metrics(recommendation_id) WHERE recommendation_id IS NOT NULL;

-- Which answer of a conversation a call was for: what is offered in it and taken is a call that was accepted.
ALTER TABLE ai_model_metrics ADD COLUMN message_id UUID REFERENCES conversation_messages(id) ON DELETE SET NULL;
CREATE INDEX idx_ai_metrics_message ON ai_model_metrics(message_id) WHERE message_id IS NOT NULL;

-- How a call was taken is told by those who may change the project; nothing else of it changes.
GRANT UPDATE (user_rating, user_accepted) ON ai_model_metrics TO ofs_app;
CREATE POLICY app_update ON ai_model_metrics FOR UPDATE TO ofs_app
  USING (app_can_edit_project(project_id)) WITH CHECK (app_can_edit_project(project_id));
