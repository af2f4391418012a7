-- Conversations have titles, messages have authors, and an action that an answer offered remembers what became of it

ALTER TABLE conversations ADD COLUMN title VARCHAR(120);
ALTER TABLE conversation_messages ADD COLUMN author_id UUID REFERENCES users(id) ON DELETE SET NULL;
UPDATE conversation_messages m SET author_id = c.user_id
  FROM conversations c WHERE c.id = m.conversation_id AND m.role = 'user';
-- Where an answer leads to in the project.
ALTER TABLE conversation_messages ADD COLUMN links JSONB NOT NULL DEFAULT '[]'::jsonb;
CREATE INDEX idx_conv_messages_author ON conversation_messages(author_id) WHERE author_id IS NOT NULL;

GRANT UPDATE (actions) ON conversation_messages TO ofs_app;
CREATE POLICY app_update ON conversation_messages FOR UPDATE TO ofs_app
  USING (EXISTS (SELECT 1 FROM conversations c WHERE c.id = conversation_id AND app_can_edit_project(c.project_id)))
  WITH CHECK (EXISTS (SELECT 1 FROM conversations c WHERE c.id = conversation_id AND app_can_edit_project(c.project_id)));
