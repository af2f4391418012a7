-- Conversations, messages and model metrics

CREATE TABLE conversations (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  project_id UUID NOT NULL REFERENCES projects(id) ON DELETE CASCADE,
  user_id UUID NOT NULL REFERENCES users(id) ON DELETE CASCADE,
  status VARCHAR(50) DEFAULT 'active' CHECK (status IN ('active', 'completed', 'abandoned')),
  context JSONB DEFAULT '{}'::jsonb,
  summary TEXT,
  extracted_requirements JSONB DEFAULT '{}'::jsonb,
  created_at TIMESTAMPTZ DEFAULT NOW(),
  updated_at TIMESTAMPTZ DEFAULT NOW()
);

CREATE INDEX idx_conversations_project ON conversations(project_id);
CREATE INDEX idx_conversations_user ON conversations(user_id);
CREATE INDEX idx_conversations_status ON conversations(status);

CREATE TABLE conversation_messages (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  conversation_id UUID NOT NULL REFERENCES conversations(id) ON DELETE CASCADE,
  role VARCHAR(50) NOT NULL CHECK (role IN ('user', 'assistant', 'system')),
  content TEXT NOT NULL,
  intent VARCHAR(100),
  entities JSONB DEFAULT '[]'::jsonb,
  confidence NUMERIC(3, 2) CHECK (confidence BETWEEN 0 AND 1),
  actions JSONB DEFAULT '[]'::jsonb,
  model_used VARCHAR(100),
  tokens_used INTEGER,
  created_at TIMESTAMPTZ DEFAULT NOW()
);

CREATE INDEX idx_conv_messages_conversation ON conversation_messages(conversation_id, created_at);
CREATE INDEX idx_conv_messages_created ON conversation_messages(created_at DESC);

CREATE TABLE ai_model_metrics (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  model_name VARCHAR(100) NOT NULL,
  model_version VARCHAR(50) NOT NULL,
  task_type VARCHAR(100) NOT NULL,
  latency_ms INTEGER,
  tokens_used INTEGER,
  confidence_score NUMERIC(3, 2) CHECK (confidence_score BETWEEN 0 AND 1),
  user_rating SMALLINT CHECK (user_rating BETWEEN 1 AND 5),
  user_accepted BOOLEAN,
  project_id UUID REFERENCES projects(id),
  user_id UUID REFERENCES users(id),
  cost_usd NUMERIC(10, 4),
  timestamp TIMESTAMPTZ DEFAULT NOW()
);

CREATE INDEX idx_ai_metrics_model ON ai_model_metrics(model_name, model_version, timestamp DESC);
CREATE INDEX idx_ai_metrics_task ON ai_model_metrics(task_type, timestamp DESC);
CREATE INDEX idx_ai_metrics_project ON ai_model_metrics(project_id);
