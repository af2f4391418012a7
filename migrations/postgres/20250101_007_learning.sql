-- Training data and feedback on recommendations

CREATE TABLE ml_training_data (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  source_type VARCHAR(100) NOT NULL CHECK (source_type IN ('user_project', 'manual_entry', 'synthetic', 'imported')),
  source_id UUID,
  model_type VARCHAR(100) NOT NULL CHECK (model_type IN ('recommendation', 'space_analysis', 'budget_optimization')),
  input_features JSONB NOT NULL,
  output_labels JSONB NOT NULL,
  quality_score NUMERIC(3, 2) CHECK (quality_score BETWEEN 0 AND 1),
  verified BOOLEAN DEFAULT false,
  verified_by UUID REFERENCES users(id),
  verified_at TIMESTAMPTZ,
  used_in_training BOOLEAN DEFAULT false,
  training_runs UUID[],
  created_at TIMESTAMPTZ DEFAULT NOW()
);

CREATE INDEX idx_ml_training_model ON ml_training_data(model_type);
CREATE INDEX idx_ml_training_verified ON ml_training_data(verified) WHERE verified = true;

CREATE TABLE recommendation_feedback (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  recommendation_id UUID NOT NULL REFERENCES recommendations(id) ON DELETE CASCADE,
  recommendation_item_id UUID REFERENCES recommendation_items(id) ON DELETE CASCADE,
  user_id UUID NOT NULL REFERENCES users(id),
  feedback_type VARCHAR(50) NOT NULL CHECK (feedback_type IN ('rating', 'acceptance', 'rejection', 'modification')),
  rating SMALLINT CHECK (rating >= 1 AND rating <= 5),
  feedback_text TEXT,
  feedback_categories TEXT[],
  accepted BOOLEAN,
  modified BOOLEAN,
  modification_details JSONB,
  created_at TIMESTAMPTZ DEFAULT NOW()
);

CREATE INDEX idx_rec_feedback_recommendation ON recommendation_feedback(recommendation_id);
CREATE INDEX idx_rec_feedback_user ON recommendation_feedback(user_id);
CREATE INDEX idx_rec_feedback_created ON recommendation_feedback(created_at DESC);
