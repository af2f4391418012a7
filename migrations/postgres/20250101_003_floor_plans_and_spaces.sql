-- Floor plans and the spaces found in them

CREATE TABLE floor_plans (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  project_id UUID NOT NULL REFERENCES projects(id) ON DELETE CASCADE,
  file_name VARCHAR(255) NOT NULL,
  file_url TEXT NOT NULL,
  file_size_bytes BIGINT CHECK (file_size_bytes >= 0),
  file_format VARCHAR(10) CHECK (file_format IN ('pdf', 'png', 'jpg', 'dwg', 'dxf')),
  status VARCHAR(50) DEFAULT 'uploaded' CHECK (status IN ('uploaded', 'processing', 'analyzed', 'failed')),
  processing_started_at TIMESTAMPTZ,
  processing_completed_at TIMESTAMPTZ,
  processing_error TEXT,
  analysis JSONB,
  scale VARCHAR(50),
  uploaded_by UUID REFERENCES users(id),
  created_at TIMESTAMPTZ DEFAULT NOW(),
  updated_at TIMESTAMPTZ DEFAULT NOW(),
  deleted_at TIMESTAMPTZ
);

CREATE INDEX idx_floor_plans_project ON floor_plans(project_id) WHERE deleted_at IS NULL;
CREATE INDEX idx_floor_plans_status ON floor_plans(status);

CREATE TABLE spaces (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  floor_plan_id UUID NOT NULL REFERENCES floor_plans(id) ON DELETE CASCADE,
  project_id UUID NOT NULL REFERENCES projects(id) ON DELETE CASCADE,
  name VARCHAR(255),
  type VARCHAR(100),
  area_sqft NUMERIC(10, 2) CHECK (area_sqft >= 0),
  dimensions JSONB,
  bbox JSONB,
  polygon JSONB,
  suggested_capacity INTEGER CHECK (suggested_capacity >= 0),
  characteristics JSONB,
  detection_confidence NUMERIC(3, 2) CHECK (detection_confidence BETWEEN 0 AND 1),
  manually_edited BOOLEAN DEFAULT false,
  created_at TIMESTAMPTZ DEFAULT NOW(),
  updated_at TIMESTAMPTZ DEFAULT NOW()
);

CREATE INDEX idx_spaces_floor_plan ON spaces(floor_plan_id);
CREATE INDEX idx_spaces_project ON spaces(project_id);
CREATE INDEX idx_spaces_type ON spaces(type);
