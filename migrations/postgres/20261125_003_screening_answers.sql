-- Answers to the screening that only a person can give (contract/screening.ts), per floor plan

ALTER TABLE floor_plans
  -- {"sprinklered", "occupancy", "adopted_code", "ground_floor", "stairs_enclosed", "door_closers",
  --  "exits": [{"exit", "source_x", "source_y"}]}: doors by their place, as their ids change with another reading.
  ADD COLUMN screening_answers JSONB NOT NULL DEFAULT '{}'::jsonb
    CHECK (jsonb_typeof(screening_answers) = 'object');
