-- How a model's work ended: failed calls are kept too, and have to be told from answered ones.

ALTER TABLE ai_model_metrics ADD COLUMN outcome VARCHAR(20)
  CHECK (outcome IN ('answered', 'timed_out', 'refused', 'overloaded', 'failed', 'stopped'));

COMMENT ON COLUMN ai_model_metrics.outcome IS 'Of calls of a language model; NULL for what is computed here.';
