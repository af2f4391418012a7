-- A decision that is taken back teaches nothing: its feedback is marked, and the rows to train on that were made of it go.
ALTER TABLE recommendation_feedback ADD COLUMN undone_at TIMESTAMPTZ;

GRANT CREATE ON SCHEMA public TO ofs_system;
SET LOCAL ROLE ofs_system;

-- Two statements, so that the second sees the rows of a collection that was under way and held the feedback.
CREATE FUNCTION app_forget_feedback(feedback uuid[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  UPDATE recommendation_feedback SET undone_at = now() WHERE id = ANY (feedback) AND undone_at IS NULL;
  -- The key is the feedback and the number of its row; of one feedback at most a hundred rows are made.
  DELETE FROM ml_training_data WHERE dedupe_key = ANY (
    SELECT f::text || ':' || n FROM unnest(feedback) f, generate_series(0, 199) n);
END
$$;

-- A change that is undone: what was said in its transaction, which is told by the time that all its rows share.
CREATE FUNCTION app_forget_undone_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  PERFORM app_forget_feedback(array_agg(f.id)) FROM recommendation_feedback f
  WHERE f.recommendation_id = NEW.recommendation_id AND f.created_at = NEW.created_at AND f.user_id = NEW.created_by
  HAVING count(*) > 0;
  RETURN NULL;
END
$$;

-- An item that is set back to "proposed", or unlocked: what was said of the product that stands there.
CREATE FUNCTION app_forget_reset_item() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  PERFORM app_forget_feedback(array_agg(f.id)) FROM recommendation_feedback f
  WHERE f.recommendation_id = NEW.recommendation_id AND f.recommendation_item_id = NEW.id AND f.undone_at IS NULL
    AND coalesce(f.modification_details->>'product_id', NEW.product_id::text) = NEW.product_id::text
    AND ((NEW.status = 'proposed' AND OLD.status IN ('accepted', 'rejected') AND f.feedback_type IN ('acceptance', 'rejection'))
      OR (OLD.locked AND NOT NEW.locked AND f.feedback_type = 'modification' AND f.modification_details->>'kind' = 'lock'))
  HAVING count(*) > 0;
  RETURN NULL;
END
$$;

RESET ROLE;
REVOKE CREATE ON SCHEMA public FROM ofs_system;
REVOKE EXECUTE ON FUNCTION app_forget_feedback(uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app_forget_feedback(uuid[]) TO ofs_system;

CREATE TRIGGER trg_change_undone_forgets AFTER UPDATE OF undone_at ON recommendation_changes
  FOR EACH ROW WHEN (NEW.undone_at IS NOT NULL) EXECUTE FUNCTION app_forget_undone_change();
CREATE TRIGGER trg_item_reset_forgets AFTER UPDATE OF status, locked ON recommendation_items
  FOR EACH ROW WHEN (NEW.product_id = OLD.product_id AND ((NEW.status = 'proposed' AND OLD.status IN ('accepted', 'rejected')) OR (OLD.locked AND NOT NEW.locked)))
  EXECUTE FUNCTION app_forget_reset_item();

-- What was taken back before today.
UPDATE recommendation_changes SET undone_at = undone_at WHERE undone_at IS NOT NULL;
