-- A piece that finds no place leaves the bill; what people said of it stays

ALTER TABLE recommendation_feedback DROP CONSTRAINT recommendation_feedback_recommendation_item_id_fkey;
ALTER TABLE recommendation_feedback ADD CONSTRAINT recommendation_feedback_recommendation_item_id_fkey
  FOREIGN KEY (recommendation_item_id) REFERENCES recommendation_items(id) ON DELETE SET NULL;
