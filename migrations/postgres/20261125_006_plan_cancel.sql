-- Which reading of a plan is under way: a job of an earlier number, cancelled or overtaken, ends and stores nothing

ALTER TABLE floor_plans
  -- One more with every reading that is queued or cancelled; a job carries the number it was queued with.
  ADD COLUMN reading INTEGER NOT NULL DEFAULT 0;
