-- Corrections of floor plans by hand: their history, the files a plan was read from, floors in order, rooms found right by a person

ALTER TABLE floor_plans
  -- Place among the project's floors, from 0.
  ADD COLUMN level_index INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN file_revision INTEGER NOT NULL DEFAULT 1,
  -- Counts the corrections; what If-Match of a correction names.
  ADD COLUMN edit_revision INTEGER NOT NULL DEFAULT 0,
  -- Rooms a person deleted, so that another reading does not bring them back: [{"id", "label", "outlines"}]
  ADD COLUMN deleted_rooms JSONB NOT NULL DEFAULT '[]'::jsonb,
  -- Floor area of rooms drawn by hand outside the outline that was read.
  ADD COLUMN added_area_sqft NUMERIC(12, 2) NOT NULL DEFAULT 0 CHECK (added_area_sqft >= 0),
  -- How the newest reading differs from the one before it (contract/plan-edits.ts).
  ADD COLUMN differences JSONB;

ALTER TABLE spaces
  ADD COLUMN source_holes JSONB NOT NULL DEFAULT '[]'::jsonb,
  -- Outlines of the readings that this room stands for; kept when a person changes its shape.
  ADD COLUMN read_outlines JSONB NOT NULL DEFAULT '[]'::jsonb,
  ADD COLUMN reviewed_at TIMESTAMPTZ,
  ADD COLUMN reviewed_by UUID REFERENCES users(id) ON DELETE SET NULL;

CREATE INDEX idx_spaces_reviewed_by ON spaces(reviewed_by) WHERE reviewed_by IS NOT NULL;
CREATE INDEX idx_floor_plans_same_file ON floor_plans(project_id, content_sha256) WHERE deleted_at IS NULL;

-- One row a correction, in order; those taken back are kept until the next correction makes them moot.
CREATE TABLE floor_plan_edits (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  floor_plan_id UUID NOT NULL REFERENCES floor_plans(id) ON DELETE CASCADE,
  project_id UUID NOT NULL REFERENCES projects(id) ON DELETE CASCADE,
  seq INTEGER NOT NULL CHECK (seq > 0),
  op VARCHAR(20) NOT NULL CHECK (op IN ('reshape', 'split', 'merge', 'draw', 'delete', 'describe', 'confirm')),
  -- In words: "split Open office 210".
  summary VARCHAR(300) NOT NULL,
  -- {"spaces": whole rows, "items": places of furniture, "deleted_rooms"}, before and after.
  before JSONB NOT NULL,
  after JSONB NOT NULL,
  undone BOOLEAN NOT NULL DEFAULT false,
  -- Of an earlier reading: cannot be taken back any more.
  closed BOOLEAN NOT NULL DEFAULT false,
  created_by UUID REFERENCES users(id) ON DELETE SET NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
  UNIQUE (floor_plan_id, seq)
);
CREATE INDEX idx_floor_plan_edits_project ON floor_plan_edits(project_id);
CREATE INDEX idx_floor_plan_edits_created_by ON floor_plan_edits(created_by);

-- Every file a plan was read from, once there is more than one; the files are all kept.
CREATE TABLE floor_plan_revisions (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  floor_plan_id UUID NOT NULL REFERENCES floor_plans(id) ON DELETE CASCADE,
  project_id UUID NOT NULL REFERENCES projects(id) ON DELETE CASCADE,
  revision INTEGER NOT NULL CHECK (revision > 0),
  file_name VARCHAR(255) NOT NULL,
  file_url TEXT NOT NULL,
  file_size_bytes BIGINT NOT NULL CHECK (file_size_bytes >= 0),
  file_format VARCHAR(10) NOT NULL,
  content_sha256 VARCHAR(64),
  uploaded_by UUID REFERENCES users(id) ON DELETE SET NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
  UNIQUE (floor_plan_id, revision)
);
CREATE INDEX idx_floor_plan_revisions_project ON floor_plan_revisions(project_id);
CREATE INDEX idx_floor_plan_revisions_uploaded_by ON floor_plan_revisions(uploaded_by);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['floor_plan_edits', 'floor_plan_revisions'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY system_all ON %I TO ofs_system USING (true) WITH CHECK (true)', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO ofs_app, ofs_system', t);
    EXECUTE format('CREATE POLICY app_select ON %I FOR SELECT TO ofs_app USING (EXISTS (SELECT 1 FROM projects p WHERE p.id = project_id))', t);
    EXECUTE format('CREATE POLICY app_insert ON %I FOR INSERT TO ofs_app WITH CHECK (app_can_edit_project(project_id))', t);
    EXECUTE format('CREATE POLICY app_update ON %I FOR UPDATE TO ofs_app USING (app_can_edit_project(project_id)) WITH CHECK (app_can_edit_project(project_id))', t);
    EXECUTE format('CREATE POLICY app_delete ON %I FOR DELETE TO ofs_app USING (app_can_edit_project(project_id))', t);
  END LOOP;
END
$$;

-- What is stored already: floors in the order they came, and the holes of rooms as the reading has them.
SET LOCAL ROLE ofs_system;
UPDATE floor_plans f SET level_index = x.place
  FROM (SELECT id, row_number() OVER (PARTITION BY project_id ORDER BY created_at, id) - 1 AS place
        FROM floor_plans WHERE deleted_at IS NULL) x
  WHERE x.id = f.id AND x.place > 0;
UPDATE spaces s SET source_holes = x.holes
  FROM (SELECT f.id, room->>'id' AS key, room->'source_holes' AS holes
        FROM floor_plans f CROSS JOIN LATERAL jsonb_array_elements(f.analysis->'spaces') room
        WHERE f.analysis IS NOT NULL) x
  WHERE x.id = s.floor_plan_id AND x.key = s.source_key AND jsonb_typeof(x.holes) = 'array' AND x.holes <> '[]'::jsonb;
RESET ROLE;
