-- Every change to a product, by whatever means, makes the catalogue another version: searches answer from what they keep in
-- memory only as long as the version is the one they have read.
CREATE FUNCTION mark_catalogue_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE catalog_statistics SET version = version + 1;
  RETURN NULL;
END
$$;

CREATE TRIGGER trg_products_version
  AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON products
  FOR EACH STATEMENT EXECUTE FUNCTION mark_catalogue_changed();
